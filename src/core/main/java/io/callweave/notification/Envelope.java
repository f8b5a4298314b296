package io.callweave.notification;

import io.callweave.notification.json.SentValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The members of an envelope that matter, in any order. Null means "not sent", or sent with a type that cannot be read.
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
        /** {@link SequenceNumber#NONE} if there is no usable one. */
        long sequence = SequenceNumber.NONE;

        @Nullable
        SentValue eventTime;

        @Nullable
        SentValue sessionId;

        @Nullable
        SentValue origin;
        /** Those that are read. */
        List<SentValue> parties = new ArrayList<>();

        int partiesSent;
        /** The session of insights. */
        @Nullable
        String sourceSessionId;

        /** Where it is in the notification; both 0 if it is no object. */
        int from;

        int to;

        /** The account of the first party that names one. */
        @Nullable
        String partyAccountId;
    }

    @Nullable
    OtherEvent otherEvent() {
        return EventPath.otherEvent(event);
    }

    /** What a later fact is about; only for an {@link #otherEvent}. */
    @Nullable
    FactPath fact() {
        return EventPath.fact(event);
    }

    EnvelopeIds known() {
        return known(body.telephonySessionId);
    }

    /** Of a later fact. */
    EnvelopeIds knownOfFact(FactPath fact) {
        return known(
                switch (fact.kind()) {
                    case INSIGHTS -> body.sourceSessionId;
                    case CALL_LOG -> body.telephonySessionId;
                    case RECORDING, VOICEMAIL -> null;
                });
    }

    private EnvelopeIds known(@Nullable String session) {
        long time = Instants.parse(timestamp);
        return new EnvelopeIds(session, account(), time == Instants.NONE ? null : time);
    }

    /** The subscriber's own account appears as {@code ~}, and old notifications have no event at all. */
    private @Nullable String account() {
        String account = EventPath.account(event);
        if (account == null) {
            account = body.accountId;
        }
        return account != null ? account : body.partyAccountId;
    }
}
