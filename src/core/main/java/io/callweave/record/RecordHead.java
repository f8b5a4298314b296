package io.callweave.record;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.callweave.metrics.RecordDigest;
import io.callweave.value.JsonLimits;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which record of which call it is: what stands at the beginning of each record, so that the rest need not be parsed. Tables of
 * users have the same columns.
 *
 * @param status as in the record; null if it does not say
 * @param startTime of the call, in milliseconds since the epoch; null if it does not say
 */
public record RecordHead(
        String accountId,
        String callId,
        long epoch,
        long revision,
        @Nullable String status,
        @Nullable Long startTime) {

    private static final JsonFactory FACTORY = JsonLimits.values();
    /** The status of a call that is part of another one. */
    public static final String SUPERSEDED = "superseded";

    private static final int DATE = "yyyy-MM-dd".length();

    /** As databases print times: with a space, and with an offset of hours alone, or none, which is UTC. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffset("+HH:mm", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "+00")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HH", "+00")
            .optionalEnd()
            .parseDefaulting(ChronoField.OFFSET_SECONDS, 0)
            .toFormatter(Locale.ROOT);

    /** Collects the fields in any order, by their names as JSON or SQL writes them. */
    public static final class Fields {

        private @Nullable String accountId;
        private @Nullable String callId;
        private @Nullable Long epoch;
        private @Nullable Long revision;
        private @Nullable String status;
        private @Nullable Long startTime;

        /**
         * Takes a field; others do not matter.
         *
         * @throws DateTimeException if it is a time and cannot be read
         * @throws NumberFormatException if it is a number and cannot be read
         */
        public void put(String name, @Nullable String text) {
            if (text == null) {
                return;
            }
            switch (name) {
                case "accountId" -> accountId = text;
                case "callId" -> callId = text;
                case "epoch" -> epoch = whole(text);
                case "revision" -> revision = whole(text);
                case "status" -> status = text;
                case "startTime" -> startTime = time(text);
                default -> {
                    // Not of the head.
                }
            }
        }

        private boolean isWhole() {
            return callId != null
                    && accountId != null
                    && epoch != null
                    && revision != null
                    && status != null
                    && startTime != null;
        }

        /** Null if a field is missing that each record has. */
        public @Nullable RecordHead head() {
            return callId == null || accountId == null || epoch == null || revision == null
                    ? null
                    : new RecordHead(accountId, callId, epoch, revision, status, startTime);
        }
    }

    /** The name of a field in the record for one of a table, such as {@code call_id}; itself if it is of no field here. */
    public static String nameOf(String column) {
        return switch (column.replace("_", "").toLowerCase(Locale.ROOT)) {
            case "callid" -> "callId";
            case "accountid" -> "accountId";
            case "starttime" -> "startTime";
            case "epoch" -> "epoch";
            case "revision" -> "revision";
            case "status" -> "status";
            default -> column;
        };
    }

    /** Reads no more of the JSON than that, also in an envelope of Kafka Connect; null if it is something else. */
    public static @Nullable RecordHead read(byte[] record) {
        try (JsonParser json = FACTORY.createParser(record)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            Fields fields = new Fields();
            while (json.nextToken() == JsonToken.FIELD_NAME && !fields.isWhole()) {
                String name = json.currentName();
                JsonToken value = json.nextToken();
                if (value.isScalarValue()) {
                    fields.put(nameOf(name), json.getValueAsString());
                } else if (!name.equals("payload") || value != JsonToken.START_OBJECT) {
                    json.skipChildren();
                }
            }
            return fields.head();
        } catch (IOException | DateTimeException | NumberFormatException e) {
            return null;
        }
    }

    /** Others write whole numbers as 1.0, too. */
    private static long whole(String text) {
        try {
            return new BigDecimal(text).longValueExact();
        } catch (ArithmeticException e) {
            throw new NumberFormatException(text + " is no whole number.");
        }
    }

    /** Milliseconds since the epoch of a time as JSON, Kafka Connect or a database writes it. */
    private static long time(String text) {
        if (text.chars().allMatch(Character::isDigit)) {
            return Long.parseLong(text);
        }
        if (text.endsWith("Z")) {
            return Timestamps.millis(text);
        }
        String iso = text.length() > DATE ? text.substring(0, DATE) + 'T' + text.substring(DATE + 1) : text;
        return OffsetDateTime.parse(iso, TIME)
                .withOffsetSameInstant(ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
    }

    /** Whether the call is part of another one. */
    public boolean superseded() {
        return SUPERSEDED.equals(status);
    }

    public boolean isNewerThan(RecordHead other) {
        return epoch > other.epoch || (epoch == other.epoch && revision > other.revision);
    }

    /** Its key on the topic: {@code accountId/callId}, as UTF-8. */
    public byte[] key() {
        return (accountId + "/" + callId).getBytes(StandardCharsets.UTF_8);
    }

    /** What it adds to {@code recordsDigest}. */
    public long digest() {
        return RecordDigest.of(callId, epoch, revision);
    }
}
