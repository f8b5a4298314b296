package io.callweave.call.session;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.Recording;
import io.callweave.call.fact.FactKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A party event names a recording or a message, which so belongs to its session.
 *
 * @param time of the earliest event of the session that names it, in milliseconds since the epoch
 * @param partyId of that event
 */
public record Mention(FactKind kind, String id, long time, String partyId) {

    /** One for each recording and message that the session's events name, in the order of the events. */
    public static List<Mention> of(Session session) {
        List<Mention> mentions = List.of();
        for (PartyEvent event : session.events()) {
            if (isIn(event)) {
                mentions = mentions.isEmpty() ? new ArrayList<>() : mentions;
                addAll(event, mentions);
            }
        }
        return mentions;
    }

    /** Whether an event names any; nearly none does. */
    public static boolean isIn(PartyEvent event) {
        PartyFacts facts = event.facts();
        return !facts.recordings().isEmpty() || facts.messageId() != null;
    }

    /** How the session names it; null if it does not. */
    public static @Nullable Mention of(Session session, FactKind kind, String id) {
        for (Mention mention : of(session)) {
            if (mention.is(kind, id)) {
                return mention;
            }
        }
        return null;
    }

    public boolean is(FactKind otherKind, String otherId) {
        return kind == otherKind && id.equals(otherId);
    }

    private static void addAll(PartyEvent event, List<Mention> to) {
        for (Recording recording : event.facts().recordings()) {
            if (recording.id() != null) {
                add(new Mention(FactKind.RECORDING, recording.id(), event.eventTime(), event.partyId()), to);
            }
        }
        String message = event.facts().messageId();
        if (message != null) {
            add(new Mention(FactKind.VOICEMAIL, message, event.eventTime(), event.partyId()), to);
        }
    }

    private static void add(Mention mention, List<Mention> to) {
        for (int i = 0; i < to.size(); i++) {
            if (to.get(i).is(mention.kind(), mention.id())) {
                if (mention.time() < to.get(i).time()) {
                    to.set(i, mention);
                }
                return;
            }
        }
        to.add(mention);
    }
}
