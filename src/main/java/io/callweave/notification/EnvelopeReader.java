package io.callweave.notification;

import io.callweave.call.PartyEvent;
import io.callweave.call.SessionKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The checks of one envelope, in the order in which the reasons count, and its party events. */
final class EnvelopeReader {

    /**
     * How much longer than a notification its canonical bodies may be. Each repeats the origin, so a notification made for it
     * could take up memory in the square of its size; real ones come to less than their own size.
     */
    private static final int MAX_GROWTH = 16;

    private final Envelope.Body body;
    private final Known known;
    private final @Nullable OtherEvent otherEvent;
    private final long maxBodies;
    private final List<PartyEvent> events = new ArrayList<>(1);

    private int unusable;
    private @Nullable String firstDefect;

    EnvelopeReader(Envelope envelope, int maxBytes) {
        this.body = envelope.body;
        this.known = envelope.known();
        this.otherEvent = envelope.otherEvent();
        this.maxBodies = (long) MAX_GROWTH * maxBytes;
    }

    Reading read() {
        if (otherEvent != null) {
            return new Reading.Skipped(known, otherEvent);
        }
        String session = known.telephonySessionId();
        if (session == null) {
            return new Reading.Rejected(known, Rejection.noTelephonySessionId());
        }
        String account = known.account();
        if (account == null) {
            return rejected(
                    RejectReason.NO_ACCOUNT,
                    "Neither the path of event nor body.accountId nor any party names an account.");
        }
        if (body.parties.isEmpty()) {
            return rejected(RejectReason.NO_PARTIES, "body.parties is absent, empty or not an array.");
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

    private Reading events(SessionKey session) {
        long length = 0;
        for (int i = 0; i < body.parties.size(); i++) {
            PartyEntry entry = entry(i);
            String defect = entry.defect();
            if (defect != null) {
                unusable++;
                firstDefect = firstDefect == null ? "body.parties[" + i + "] " + defect : firstDefect;
                continue;
            }
            String canonical = entry.body();
            length += canonical.length();
            if (length > maxBodies) {
                return rejected(
                        RejectReason.TOO_LARGE, "The party events together are over " + maxBodies + " characters.");
            }
            events.add(entry.event(session, body.sequence, canonical));
        }
        return firstDefect == null ? new Reading.Accepted(known, events, null) : withDefects(firstDefect);
    }

    private Reading withDefects(String defect) {
        String detail = defect + "; " + unusable + " of " + body.parties.size() + " parties cannot be used.";
        Rejection rejection = new Rejection(RejectReason.BAD_PARTY, detail);
        return events.isEmpty()
                ? new Reading.Rejected(known, rejection)
                : new Reading.Accepted(known, events, rejection);
    }

    private PartyEntry entry(int party) {
        return new PartyEntry(body.eventTime, body.origin, body.parties.get(party), body.sessionId);
    }

    private Reading.Rejected rejected(RejectReason reason, String detail) {
        return new Reading.Rejected(known, new Rejection(reason, detail));
    }
}
