package io.callweave.call.event;

import java.util.Comparator;

/**
 * One account's view of one telephony session. The account is part of the key because two accounts that take part in the
 * same session must never see each other's events.
 */
public record SessionKey(String accountId, String telephonySessionId) implements Comparable<SessionKey> {

    private static final Comparator<SessionKey> ORDER =
            Comparator.comparing(SessionKey::accountId).thenComparing(SessionKey::telephonySessionId);

    @Override
    public int compareTo(SessionKey other) {
        return ORDER.compare(this, other);
    }
}
