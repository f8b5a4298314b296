package io.callweave.console.api;

import io.callweave.access.AccountScope;
import io.callweave.console.store.ListedDays;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Days that are asked for: each account has its own, from its midnight.
 *
 * @param from the first; null for all before
 * @param to the last; null for all after
 */
record AskedDays(@Nullable String from, @Nullable String to) {

    private static final Pattern BEFORE_TODAY = Pattern.compile("today(?:-(\\d{1,4}))?");

    /** No call is outside these years; far from them, times are beyond their numbers. */
    private static final LocalDate FIRST = LocalDate.of(2000, 1, 1);

    private static final LocalDate LAST = LocalDate.of(2099, 12, 31);

    AskedDays {
        check("fromDay", from);
        check("toDay", to);
    }

    private static void check(String name, @Nullable String day) {
        LocalDate date;
        try {
            date = day == null ? FIRST : date(day, LocalDate.EPOCH);
        } catch (DateTimeException e) {
            throw ApiException.invalid(name + " must be a date such as 2026-11-20, today, or today-6.");
        }
        if (day != null && !BEFORE_TODAY.matcher(day).matches() && (date.isBefore(FIRST) || date.isAfter(LAST))) {
            throw ApiException.invalid(name + " must be from " + FIRST + " to " + LAST + ".");
        }
    }

    /**
     * A time that somebody asks for, within the same years.
     *
     * @param name of the parameter
     */
    static long millis(String name, String time) {
        Instant instant;
        try {
            instant = Instant.parse(time);
        } catch (DateTimeException e) {
            throw ApiException.invalid(name + " must be a time such as 2026-11-20T08:00:00Z.");
        }
        if (instant.isBefore(FIRST.atStartOfDay(ZoneOffset.UTC).toInstant())
                || !instant.isBefore(
                        LAST.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant())) {
            throw ApiException.invalid(name + " must be from " + FIRST + " to " + LAST + ".");
        }
        return instant.toEpochMilli();
    }

    private static LocalDate date(String day, LocalDate today) {
        Matcher before = BEFORE_TODAY.matcher(day);
        if (!before.matches()) {
            return LocalDate.parse(day);
        }
        return before.group(1) == null ? today : today.minusDays(Integer.parseInt(before.group(1)));
    }

    /** Where they begin and end; null for all of time. */
    @Nullable
    ListedDays at(Instant now, AccountZones zones, AccountScope scope, @Nullable String account) {
        if (from == null && to == null) {
            return null;
        }
        if (account != null) {
            return new ListedDays(span(now, zones.of(account)), Map.of());
        }
        ListedDays.Span usual = span(now, zones.usual());
        Map<ListedDays.Span, Set<String>> others = new HashMap<>();
        zones.own().forEach((each, zone) -> {
            ListedDays.Span own = span(now, zone);
            if (scope.covers(each) && !own.equals(usual)) {
                others.computeIfAbsent(own, span -> new TreeSet<>()).add(each);
            }
        });
        return new ListedDays(usual, others);
    }

    private ListedDays.Span span(Instant now, ZoneId zone) {
        LocalDate today = now.atZone(zone).toLocalDate();
        return new ListedDays.Span(
                from == null ? ListedDays.EVER.from() : start(date(from, today), zone),
                to == null ? ListedDays.EVER.to() : start(date(to, today).plusDays(1), zone));
    }

    private static long start(LocalDate date, ZoneId zone) {
        return date.atStartOfDay(zone).toInstant().toEpochMilli();
    }
}
