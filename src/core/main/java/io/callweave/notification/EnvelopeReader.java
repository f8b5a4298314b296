package io.callweave.notification;

import io.callweave.call.event.EventBody;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.FactNotice;
import io.callweave.notification.json.KeptText;
import io.callweave.notification.json.UnknownFields;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks one envelope in the order of the reject reasons, and reads its party events. */
final class EnvelopeReader {

    /**
     * The party events of one notification may be this many times longer than the longest notification. Each event
     * repeats the origin and the session, so a crafted notification could grow with the square of its size. Real ones
     * stay below their own size.
     */
    private static final int MAX_GROWTH = 2;

    /** Those of a body. */
    private static final int SEPARATORS = 3;

    private final byte[] notification;
    private final Envelope envelope;
    private final Envelope.Body body;
    private final EnvelopeIds known;
    private final @Nullable OtherEvent otherEvent;
    private final @Nullable String receivingAccount;
    private final NotificationLimits limits;
    private final UnknownFields unknown;
    private final List<PartyEvent> events = new ArrayList<>(1);

    private int unusable;
    private @Nullable String firstDefect;

    EnvelopeReader(
            byte[] notification,
            Envelope envelope,
            @Nullable String receivingAccount,
            NotificationLimits limits,
            UnknownFields unknown) {
        this.notification = notification;
        this.envelope = envelope;
        this.receivingAccount = receivingAccount;
        this.body = envelope.body;
        this.known = envelope.known().orAccount(receivingAccount);
        this.otherEvent = envelope.otherEvent();
        this.limits = limits;
        this.unknown = unknown;
    }

    ParseResult read() throws IOException {
        if (otherEvent != null) {
            FactPath fact = envelope.fact();
            return fact == null ? new ParseResult.Skipped(known, otherEvent) : fact(fact);
        }
        String session = known.telephonySessionId();
        Rejection ofSession = Rejection.ofSession(session);
        if (session == null || ofSession != null) {
            return new ParseResult.Rejected(known, Objects.requireNonNull(ofSession));
        }
        String account = known.account();
        Rejection ofAccount = rejection(account);
        if (account == null || ofAccount != null) {
            return new ParseResult.Rejected(known, Objects.requireNonNull(ofAccount));
        }
        if (body.parties.isEmpty()) {
            return rejected(RejectReason.NO_PARTIES, "body.parties is absent, empty or not an array.");
        }
        if (body.partiesSent > limits.maxParties()) {
            return rejected(
                    RejectReason.TOO_MANY_PARTIES,
                    "body.parties has " + body.partiesSent + " entries; notifications.max-parties is "
                            + limits.maxParties() + ".");
        }
        if (body.sequence == SequenceNumber.NONE) {
            return rejected(
                    RejectReason.BAD_SEQUENCE,
                    "body.sequence is not a JSON integer from 0 to " + SequenceNumber.MAX + ".");
        }
        if (entry(0).time() == Instants.NONE) {
            return rejected(
                    RejectReason.BAD_EVENT_TIME,
                    "body.eventTime is not an ISO-8601 instant with a zone, from 2000 up to but not including 2100.");
        }
        return events(new SessionKey(account, session));
    }

    private static @Nullable Rejection rejection(@Nullable String account) {
        if (account == null) {
            return new Rejection(
                    RejectReason.NO_ACCOUNT,
                    "Neither the path of event nor body.accountId nor any party nor the header account names an account.");
        }
        return KeptText.isKept(account)
                ? null
                : new Rejection(RejectReason.NO_ACCOUNT, "The account id has " + KeptText.tooLong(account) + ".");
    }

    private ParseResult fact(FactPath path) throws IOException {
        EnvelopeIds ofFact = envelope.knownOfFact(path).orAccount(receivingAccount);
        Rejection ofAccount = rejection(ofFact.account());
        if (ofAccount != null) {
            return new ParseResult.Rejected(ofFact, ofAccount);
        }
        FactNotice notice =
                FactReader.read(notification, body.from, body.to, Objects.requireNonNull(ofFact.account()), path);
        return notice != null
                ? new ParseResult.OfFact(ofFact, notice)
                : new ParseResult.Rejected(
                        ofFact,
                        new Rejection(
                                RejectReason.BAD_FACT,
                                "The body of " + path.kind().wireName() + " " + needs(path) + "."));
    }

    private static String needs(FactPath path) {
        return switch (path.kind()) {
            case CALL_LOG ->
                "needs telephonySessionId, direction and startTime, and must have the id of the path or none";
            case INSIGHTS -> "needs sourceSessionId and sourceRecordId";
            case VOICEMAIL -> "needs id and creationTime";
            case RECORDING -> "must be an object, with the id of the path or none";
        };
    }

    private ParseResult events(SessionKey session) {
        long maxLength = (long) MAX_GROWTH * limits.maxBytes();
        long mostOfOne =
                (long) notification.length + session.telephonySessionId().length() + SEPARATORS;
        boolean canBeTooLong = mostOfOne * body.parties.size() > maxLength;
        long length = 0;
        for (int i = 0; i < body.parties.size(); i++) {
            PartyEntry entry = entry(i);
            String defect = entry.defect();
            if (defect != null) {
                unusable++;
                firstDefect = firstDefect == null ? "body.parties[" + i + "] " + defect : firstDefect;
                continue;
            }
            EventBody sent = entry.body();
            if (canBeTooLong) {
                length += sent.text().length() + session.telephonySessionId().length();
                if (length > maxLength) {
                    return rejected(
                            RejectReason.TOO_LARGE, "The party events together are over " + maxLength + " characters.");
                }
            }
            events.add(entry.event(session, body.sequence, sent, unknown));
        }
        return firstDefect == null ? new ParseResult.Accepted(known, events, null) : withDefects(firstDefect);
    }

    private ParseResult withDefects(String defect) {
        String detail = defect + "; " + unusable + " of " + body.parties.size() + " parties cannot be used.";
        Rejection rejection = new Rejection(RejectReason.BAD_PARTY, detail);
        return events.isEmpty()
                ? new ParseResult.Rejected(known, rejection)
                : new ParseResult.Accepted(known, events, rejection);
    }

    private PartyEntry entry(int party) {
        return new PartyEntry(notification, body.parties.get(party), body.eventTime, body.origin, body.sessionId);
    }

    private ParseResult.Rejected rejected(RejectReason reason, String detail) {
        return new ParseResult.Rejected(known, new Rejection(reason, detail));
    }
}
