package io.callweave.topology.facts;

import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.FactPlace;
import io.callweave.call.session.MailboxVisit;
import java.util.ArrayList;
import java.util.List;

/**
 * Where later facts and sessions of an account meet, whichever comes first: a session, a recording, a message, or some
 * minutes of a mailbox.
 *
 * @param name tells what it is by its first character
 */
record Anchor(String accountId, String name) {

    /** A message fits what ended in two minutes, so it looks at two of these at most. */
    private static final long MAILBOX_MS = 300_000;

    private static final char SESSION = 's';
    private static final char RECORDING = 'r';
    private static final char MESSAGE = 'v';
    private static final char MAILBOX = 'm';

    /** Of facts that name their session. */
    static Anchor ofSession(SessionKey key) {
        return new Anchor(key.accountId(), SESSION + key.telephonySessionId());
    }

    /** Of a recording or message. */
    static Anchor of(String accountId, FactKind kind, String id) {
        return new Anchor(accountId, (kind == FactKind.RECORDING ? RECORDING : MESSAGE) + id);
    }

    /** Where a message looks for its call. */
    static List<Anchor> of(String accountId, FactPlace.Mailbox message) {
        long first = Math.floorDiv(message.createdAt() - FactPlace.Mailbox.ENDED_BEFORE_MS, MAILBOX_MS);
        long last = Math.floorDiv(message.createdAt() + FactPlace.Mailbox.ENDED_AFTER_MS, MAILBOX_MS);
        List<Anchor> anchors = new ArrayList<>();
        for (long time = first; time <= last; time++) {
            anchors.add(mailbox(accountId, message.extensionId(), time));
        }
        return anchors;
    }

    /** Where a session shows that it was in a mailbox. */
    static Anchor of(String accountId, MailboxVisit visit) {
        return mailbox(accountId, visit.extensionId(), Math.floorDiv(visit.endTime(), MAILBOX_MS));
    }

    private static Anchor mailbox(String accountId, String extensionId, long time) {
        return new Anchor(accountId, MAILBOX + Long.toString(time) + "/" + extensionId);
    }

    boolean isSession() {
        return name.charAt(0) == SESSION;
    }

    boolean isRecording() {
        return name.charAt(0) == RECORDING;
    }

    boolean isMailbox() {
        return name.charAt(0) == MAILBOX;
    }

    /** Whose mailbox it is. */
    String extensionId() {
        return name.substring(name.indexOf('/') + 1);
    }

    /** What its name is the name of. */
    String id() {
        return name.substring(1);
    }

    /** For a queue of sessions: no session has an empty account. */
    SessionKey inQueue() {
        return new SessionKey("", accountId.length() + "/" + accountId + name);
    }

    /** Whether an entry of such a queue is one of these. */
    static boolean is(SessionKey inQueue) {
        return inQueue.accountId().isEmpty();
    }

    /** What {@link #inQueue} made. */
    static Anchor ofQueue(SessionKey inQueue) {
        String text = inQueue.telephonySessionId();
        int slash = text.indexOf('/');
        int end = slash + 1 + Integer.parseInt(text.substring(0, slash));
        return new Anchor(text.substring(slash + 1, end), text.substring(end));
    }
}
