package io.callweave.notification;

import io.callweave.call.event.EventBody;
import io.callweave.call.fact.FactContent;
import io.callweave.call.fact.FactId;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.FactNotice;
import io.callweave.call.fact.FactPlace;
import io.callweave.call.fact.LaterFact;
import io.callweave.notification.json.JacksonTokens;
import io.callweave.notification.json.JsonObject;
import io.callweave.notification.json.JsonTokens;
import io.callweave.notification.json.JsonValue;
import io.callweave.notification.json.KeptText;
import io.callweave.notification.json.SentValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a record of RingCentral's Call Log, of which nothing is required but its session, its direction and its start. */
final class LogEntryReader {

    /** The Call Log has this word itself. */
    private static final String UNKNOWN = "Unknown";

    private static final Set<String> DIRECTIONS = Set.of("Inbound", "Outbound");
    private static final int LONGEST_NUMBER = 18;

    private LogEntryReader() {}

    /**
     * Reads one.
     *
     * @param from where the body begins in the notification
     * @param to the offset behind it
     * @param id of the log record
     * @return null if it cannot be used
     * @throws IOException if the body is not JSON, which the caller has ruled out
     */
    static @Nullable FactNotice read(byte[] notification, int from, int to, String account, String id)
            throws IOException {
        JsonObject log = object(Arrays.copyOfRange(notification, from, to));
        String named = log.id("id");
        String session = KeptText.of(log.id("telephonySessionId"));
        FactContent.LogEntry entry = entry(log);
        if (!KeptText.isKept(id) || (named != null && !named.equals(id)) || session == null || entry == null) {
            return null;
        }
        long modified = Instants.parse(log.text("lastModifiedTime"));
        LaterFact fact = new LaterFact(
                new FactId(FactKind.CALL_LOG, id, ""),
                modified == Instants.NONE ? null : modified,
                EventBody.in(notification, from, to),
                entry);
        return new FactNotice(account, FactKind.CALL_LOG, id, new FactPlace.InSession(session), List.of(fact));
    }

    private static JsonObject object(byte[] text) throws IOException {
        try (JsonTokens tokens = new JacksonTokens(text)) {
            tokens.next();
            return (JsonObject) SentValue.read(tokens).value();
        }
    }

    private static FactContent.@Nullable LogEntry entry(JsonObject log) {
        String direction = log.text("direction");
        Long startTime = time(log);
        if (direction == null || !DIRECTIONS.contains(direction) || startTime == null) {
            return null;
        }
        JsonObject billing = log.object("billing");
        String type = type(log, "Voice");
        return new FactContent.LogEntry(
                type,
                direction,
                word(log, "action"),
                word(log, "result"),
                startTime,
                lengthMs(log),
                PartyFactsReader.address(log.object("from")),
                PartyFactsReader.address(log.object("to")),
                idIn(log, "extension"),
                idIn(log, "recording"),
                idIn(log, "message"),
                billing == null ? null : amount(billing.id("costIncluded")),
                billing == null ? null : amount(billing.id("costPurchased")),
                legs(log.elements("legs"), type, startTime));
    }

    private static List<FactContent.LogLeg> legs(List<JsonValue> sent, String type, long startTime) {
        List<FactContent.LogLeg> legs = new ArrayList<>();
        int characters = 0;
        for (JsonValue element : sent) {
            if (element instanceof JsonObject leg && legs.size() < FactContent.LogLeg.MOST) {
                Long start = time(leg);
                String direction = leg.text("direction");
                FactContent.LogLeg next = new FactContent.LogLeg(
                        Boolean.TRUE.equals(leg.flag("master")),
                        word(leg, "legType"),
                        type(leg, type),
                        direction != null && DIRECTIONS.contains(direction) ? direction : null,
                        word(leg, "action"),
                        word(leg, "result"),
                        KeptText.of(leg.text("reason")),
                        PartyFactsReader.address(leg.object("from")),
                        PartyFactsReader.address(leg.object("to")),
                        KeptText.of(leg.id("telephonySessionId")),
                        KeptText.of(leg.id("partyId")),
                        idIn(leg, "extension"),
                        idIn(leg, "recording"),
                        start == null ? startTime : start,
                        lengthMs(leg));
                characters += next.characters();
                if (characters > FactContent.LogLeg.MOST_CHARACTERS) {
                    break;
                }
                legs.add(next);
            }
        }
        return legs;
    }

    private static String type(JsonObject of, String otherwise) {
        return "Fax".equals(of.text("type")) ? "Fax" : otherwise;
    }

    private static String word(JsonObject of, String name) {
        return Objects.requireNonNullElse(KeptText.of(of.text(name)), UNKNOWN);
    }

    private static @Nullable String idIn(JsonObject of, String name) {
        JsonObject object = of.object(name);
        return object == null ? null : KeptText.of(object.id("id"));
    }

    private static @Nullable Long time(JsonObject of) {
        long time = Instants.parse(of.text("startTime"));
        return time == Instants.NONE ? null : time;
    }

    /** 0 if it says none. */
    private static long lengthMs(JsonObject of) {
        Long exact = FactReader.millis(of.id("durationMs"), BigDecimal.ONE);
        Long seconds = FactReader.millis(of.id("duration"), FactReader.SECOND);
        return exact != null ? exact : seconds != null ? seconds : 0;
    }

    /** Null for what is no price: with an exponent, a short text would be a number of any length. */
    private static @Nullable BigDecimal amount(@Nullable String digits) {
        if (digits == null || digits.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            // In one form: a record that is written again has numbers, not digits.
            BigDecimal amount = new BigDecimal(digits).stripTrailingZeros();
            return amount.signum() < 0 || Math.abs(amount.scale()) > LONGEST_NUMBER ? null : amount;
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }
}
