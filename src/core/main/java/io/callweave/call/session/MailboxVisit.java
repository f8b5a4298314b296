package io.callweave.call.session;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.Status;
import io.callweave.call.fact.FactPlace;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A caller was in the mailbox of an own extension, and left it. A voicemail names no session, so these find its call.
 *
 * @param extensionId whose mailbox it is
 * @param endTime when the caller left it, in milliseconds since the epoch
 * @param callerNumber null if it is not known
 */
public record MailboxVisit(
        String extensionId, long endTime, @Nullable String callerNumber) {

    private static final int MOST = 20;

    private static final Comparator<MailboxVisit> ORDER = Comparator.comparingLong(MailboxVisit::endTime)
            .thenComparing(MailboxVisit::extensionId)
            .thenComparing(MailboxVisit::callerNumber, Comparator.nullsFirst(Comparator.naturalOrder()));

    /**
     * Those of a session, each once, in the order of its parties; empty, without a fold, for nearly all sessions. Of more than
     * any real session has, the first to end: a session can have a thousand, and each is looked up.
     */
    public static List<MailboxVisit> of(Session session) {
        boolean some = false;
        for (PartyEvent event : session.events()) {
            some |= event.facts().status().equals(Status.VOICEMAIL);
        }
        if (!some) {
            return List.of();
        }
        Set<MailboxVisit> visits = new LinkedHashSet<>();
        for (Party party : session.fold().parties()) {
            if (party.extensionId() != null) {
                add(party, party.extensionId(), visits);
            }
        }
        return visits.size() <= MOST
                ? List.copyOf(visits)
                : visits.stream().sorted(ORDER).limit(MOST).toList();
    }

    private static void add(Party party, String extensionId, Set<MailboxVisit> to) {
        List<Timeline.Step> steps = party.timeline().steps();
        String caller = party.from() == null ? null : party.from().phoneNumber();
        for (int i = 0; i + 1 < steps.size(); i++) {
            if (steps.get(i).status().equals(Status.VOICEMAIL)) {
                long end = Math.max(steps.get(i).time(), steps.get(i + 1).time());
                to.add(new MailboxVisit(extensionId, end, caller));
            }
        }
    }

    /** Whether the message can have been left in it. */
    public boolean fits(FactPlace.Mailbox message) {
        return extensionId.equals(message.extensionId())
                && endTime >= message.createdAt() - FactPlace.Mailbox.ENDED_BEFORE_MS
                && endTime <= message.createdAt() + FactPlace.Mailbox.ENDED_AFTER_MS
                && (callerNumber == null
                        || message.callerNumber() == null
                        || callerNumber.equals(message.callerNumber()));
    }
}
