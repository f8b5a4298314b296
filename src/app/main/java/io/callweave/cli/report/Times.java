package io.callweave.cli.report;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Times and zones as people write them on a command line. */
final class Times {

    private static final List<BiFunction<String, ZoneId, Instant>> FORMS = List.of(
            (text, zone) -> LocalDate.parse(text).atStartOfDay(zone).toInstant(),
            (text, zone) -> LocalDateTime.parse(text).atZone(zone).toInstant(),
            (text, zone) -> OffsetDateTime.parse(text).toInstant());

    private Times() {}

    /** A date, a time in the zone, or a time with an offset. */
    static Optional<Instant> time(String text, ZoneId zone) {
        return FORMS.stream()
                .map(form -> parsed(form, text, zone))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static Optional<Instant> parsed(BiFunction<String, ZoneId, Instant> form, String text, ZoneId zone) {
        try {
            return Optional.of(form.apply(text, zone));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    static Optional<ZoneId> zone(String text) {
        try {
            return Optional.of(ZoneId.of(text));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
