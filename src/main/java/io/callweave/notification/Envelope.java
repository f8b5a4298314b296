package io.callweave.notification;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of an envelope that mean something, collected in whatever order they come. Null is "not sent", or sent in a
 * type that cannot be read.
 */
final class Envelope {

    @Nullable
    String event;

    @Nullable
    String timestamp;

    Body body = new Body();

    static final class Body {

        @Nullable
        String telephonySessionId;

        @Nullable
        String accountId;
        /** {@link SequenceNumber#NONE} if there is none that can be used. */
        long sequence = SequenceNumber.NONE;

        @Nullable
        JsonValue eventTime;

        @Nullable
        JsonValue sessionId;

        @Nullable
        JsonValue origin;
        /** Stays empty if only the key is asked for. */
        List<JsonValue> parties = new ArrayList<>();
        /** The account of the first party that names one. */
        @Nullable
        String partyAccountId;
    }

    @Nullable
    OtherEvent otherEvent() {
        return EventPath.otherEvent(event);
    }

    Known known() {
        long time = Instants.parse(timestamp);
        return new Known(body.telephonySessionId, account(), time == Instants.NONE ? null : time);
    }

    /** An event of the subscriber's own account says {@code ~}, and old notifications have no event at all. */
    private @Nullable String account() {
        String account = EventPath.account(event);
        if (account == null) {
            account = body.accountId;
        }
        return account != null ? account : body.partyAccountId;
    }
}
