package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A subscription as RingCentral shows it.
 *
 * @param status such as {@code Active} or {@code Blacklisted}
 * @param filters as RingCentral writes them
 * @param disabledFilters without events, because a permission is missing
 * @param transport such as {@code WebHook} or {@code WebSocket}
 * @param address of the webhook; empty for other transports
 * @param created null if RingCentral does not say
 * @param expires null if RingCentral does not say
 */
public record Subscription(
        String id,
        String status,
        List<String> filters,
        List<String> disabledFilters,
        String transport,
        String address,
        @Nullable Instant created,
        @Nullable Instant expires,
        @Nullable Blacklisted blacklisted) {

    /**
     * Why RingCentral delivers nothing any longer.
     *
     * @param reason as RingCentral writes it; empty if it does not
     */
    public record Blacklisted(String reason, @Nullable Instant since) {}

    /** RingCentral's examples have Z, +0000 and nothing at the end. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .appendPattern("[XXX][XX]")
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT);

    /** What RingCentral gives; empty if it does not say. */
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{0,100}");

    /** Of a text that is only shown, in characters; of longer ones the end is left out. */
    private static final int LONGEST_TEXT = 500;

    private static final int LONGEST_ADDRESS = 2_000;

    /** In memory, beside its text. */
    private static final int WEIGHT_OF_FILTER = 60;

    /** 20,000 mailboxes have a filter each. */
    private static final long MOST_BYTES_OF_FILTERS =
            Math.min(4L << 20, Runtime.getRuntime().maxMemory() / 256);

    public Subscription {
        filters = List.copyOf(filters);
        disabledFilters = List.copyOf(disabledFilters);
    }

    /** As it is in an answer. */
    public static Subscription of(JsonNode json) {
        JsonNode delivery = json.path("deliveryMode");
        JsonNode blacklisted = json.path("blacklistedData");
        String id = json.path("id").asText("");
        if (!ID.matcher(id).matches()) {
            throw Refusals.unreadable("The server");
        }
        return new Subscription(
                id,
                text(json.path("status")),
                filters(json.path("eventFilters"), each -> each),
                List.copyOf(new TreeSet<>(filters(json.path("disabledFilters"), each -> each.path("filter")))),
                text(delivery.path("transportType")),
                Refusals.kept(delivery.path("address"), LONGEST_ADDRESS),
                time(json.path("creationTime")),
                time(json.path("expirationTime")),
                blacklisted.isObject()
                        ? new Blacklisted(text(blacklisted.path("reason")), time(blacklisted.path("blacklistedAt")))
                        : null);
    }

    public boolean isActive() {
        return status.equalsIgnoreCase("Active");
    }

    public boolean isWebhook() {
        return transport.equalsIgnoreCase("WebHook");
    }

    /** Whether it delivers telephony sessions at all. */
    public boolean isOfTelephony() {
        return filters.stream().anyMatch(filter -> filter.contains("/telephony/sessions"));
    }

    /** Whether it has each of these filters. */
    public boolean has(List<TelephonyFilter> wanted) {
        return wanted.stream().allMatch(filter -> filters.stream().anyMatch(filter::isMeantBy));
    }

    /** Whether it has these filters and no others, but for further events. */
    public boolean hasOnly(List<TelephonyFilter> wanted) {
        return has(wanted)
                && filters.stream()
                        .allMatch(text -> FurtherEvents.isOfThese(text)
                                || wanted.stream().anyMatch(filter -> filter.isMeantBy(text)));
    }

    private static List<String> filters(JsonNode array, UnaryOperator<JsonNode> filter) {
        List<String> filters = new ArrayList<>();
        long bytes = 0;
        for (JsonNode each : array) {
            String text = Refusals.kept(filter.apply(each), LONGEST_TEXT);
            filters.add(text);
            bytes += text.length() + WEIGHT_OF_FILTER;
            if (bytes > MOST_BYTES_OF_FILTERS) {
                throw Refusals.unreadable("The server");
            }
        }
        return filters;
    }

    private static String text(JsonNode json) {
        String text = json.asText("");
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    private static @Nullable Instant time(JsonNode text) {
        try {
            return text.isTextual() ? TIME.parse(text.asText(), Instant::from) : null;
        } catch (DateTimeParseException otherForm) {
            return null;
        }
    }
}
