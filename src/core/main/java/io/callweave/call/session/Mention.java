package io.callweave.call.session;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.Recording;
import io.callweave.call.fact.FactContent;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.LaterFact;
import io.callweave.call.fact.SessionFacts;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A party event names a recording or a message, which so belongs to its session; or a record of the Call Log names a message.
 *
 * @param time of the earliest event of the session that names it, in milliseconds since the epoch; else the start of the call
 *     by the Call Log
 * @param partyId of that event; null if only the Call Log names it
 */
public record Mention(
        FactKind kind, String id, long time, @Nullable String partyId) {

    /** What an event says counts before what the Call Log says, then what is earlier. */
    public static final Comparator<Mention> ORDER =
            Comparator.comparing((Mention mention) -> mention.partyId == null).thenComparingLong(Mention::time);

    /** Of each kind, one more than a record shows, so that it says that there are more. */
    private static final int MOST = SessionFacts.MOST + 1;

    /** The first of each kind by id, of which there can be 200,000. */
    private static final class Shown {

        private record Place(Mention mention, int order) {}

        private final Map<FactKind, TreeMap<String, Place>> byKind = new EnumMap<>(FactKind.class);
        private int added;

        boolean hasRoom(FactKind kind, String id) {
            TreeMap<String, Place> kept = byKind.get(kind);
            return kept == null || kept.size() < MOST || id.compareTo(kept.lastKey()) <= 0;
        }

        void add(Mention mention) {
            TreeMap<String, Place> kept = byKind.computeIfAbsent(mention.kind, kind -> new TreeMap<>());
            kept.merge(
                    mention.id,
                    new Place(mention, added++),
                    (known, other) -> ORDER.compare(other.mention, known.mention) < 0
                            ? new Place(other.mention, known.order)
                            : known);
            if (kept.size() > MOST) {
                kept.pollLastEntry();
            }
        }

        List<Mention> inOrder() {
            return byKind.values().stream()
                    .flatMap(kept -> kept.values().stream())
                    .sorted(Comparator.comparingInt(Place::order))
                    .map(Place::mention)
                    .toList();
        }
    }

    /**
     * One for each recording and message that the session names, in the order of its events, then of the Call Log. Of more
     * than a record shows, the first by id: a session can name 200,000, and each is looked up.
     */
    public static List<Mention> of(Session session) {
        Shown shown = null;
        for (PartyEvent event : session.events()) {
            if (isIn(event)) {
                shown = shown == null ? new Shown() : shown;
                addAll(event, shown);
            }
        }
        for (LaterFact fact : session.facts().facts()) {
            if (fact.content() instanceof FactContent.LogEntry entry && entry.messageId() != null) {
                shown = shown == null ? new Shown() : shown;
                shown.add(new Mention(FactKind.VOICEMAIL, entry.messageId(), entry.startTime(), null));
            }
        }
        return shown == null ? List.of() : shown.inOrder();
    }

    /** Whether an event names any; nearly none does. */
    public static boolean isIn(PartyEvent event) {
        PartyFacts facts = event.facts();
        return !facts.recordings().isEmpty() || facts.messageId() != null;
    }

    public boolean is(FactKind otherKind, String otherId) {
        return kind == otherKind && id.equals(otherId);
    }

    private static void addAll(PartyEvent event, Shown to) {
        for (Recording recording : event.facts().recordings()) {
            if (recording.id() != null && to.hasRoom(FactKind.RECORDING, recording.id())) {
                to.add(new Mention(FactKind.RECORDING, recording.id(), event.eventTime(), event.partyId()));
            }
        }
        String message = event.facts().messageId();
        if (message != null) {
            to.add(new Mention(FactKind.VOICEMAIL, message, event.eventTime(), event.partyId()));
        }
    }
}
