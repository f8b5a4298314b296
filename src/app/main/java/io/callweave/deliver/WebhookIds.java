package io.callweave.deliver;

import java.nio.charset.StandardCharsets;

/**
 * The id of a webhook, made of what it tells, so that each attempt, each restart and each instance gives it the same one.
 * The signature separates the id with a dot, so an id contains none.
 */
public final class WebhookIds {

    private WebhookIds() {}

    /** Of a record of a call: account, call, epoch and revision. */
    public static String call(String account, String callId, Version version) {
        return joined("call", account, callId, Long.toString(version.epoch()), Long.toString(version.revision()));
    }

    /** Of a change of a call that goes on. */
    public static String live(String account, String callId, Version version, EventType type) {
        String change = type.wireName().substring(type.wireName().indexOf('.') + 1);
        return joined("live", account, callId, Long.toString(version.epoch()), change);
    }

    /** Of a party event. */
    public static String party(String account, String session, String party, long sequence) {
        return joined("party", account, session, party, Long.toString(sequence));
    }

    private static String joined(String kind, String... parts) {
        StringBuilder id = new StringBuilder(kind);
        for (String part : parts) {
            id.append('_').append(escaped(part));
        }
        return id.toString();
    }

    /** Ids of RingCentral consist of letters, digits and hyphens; anything else is written as hexadecimal bytes. */
    private static String escaped(String part) {
        StringBuilder safe = new StringBuilder();
        for (byte each : part.getBytes(StandardCharsets.UTF_8)) {
            char letter = (char) (each & 0xff);
            if (letter == '-' || (letter < 0x80 && Character.isLetterOrDigit(letter))) {
                safe.append(letter);
            } else {
                safe.append('~').append(Integer.toHexString(letter));
            }
        }
        return safe.toString();
    }
}
