package io.callweave.call.session;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.Recording;
import io.callweave.call.fact.FactContent;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.LaterFact;
import io.callweave.call.fact.SessionFacts;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

    private record Thing(FactKind kind, String id) {}

    /**
     * One for each recording and message that the session names, in the order of its events, then of the Call Log. Of more
     * than a record shows, the first by id: a session can name 200,000, and each is looked up.
     */
    public static List<Mention> of(Session session) {
        Map<Thing, Mention> mentions = Map.of();
        for (PartyEvent event : session.events()) {
            if (isIn(event)) {
                mentions = mentions.isEmpty() ? new LinkedHashMap<>() : mentions;
                addAll(event, mentions);
            }
        }
        for (LaterFact fact : session.facts().facts()) {
            if (fact.content() instanceof FactContent.LogEntry entry && entry.messageId() != null) {
                mentions = mentions.isEmpty() ? new LinkedHashMap<>() : mentions;
                add(new Mention(FactKind.VOICEMAIL, entry.messageId(), entry.startTime(), null), mentions);
            }
        }
        return mentions.size() < MOST ? List.copyOf(mentions.values()) : shown(mentions.values());
    }

    private static List<Mention> shown(Collection<Mention> mentions) {
        Set<Mention> shown = new HashSet<>();
        for (FactKind kind : FactKind.values()) {
            mentions.stream()
                    .filter(mention -> mention.kind == kind)
                    .sorted(Comparator.comparing(Mention::id))
                    .limit(MOST)
                    .forEach(shown::add);
        }
        return mentions.stream().filter(shown::contains).toList();
    }

    /** Whether an event names any; nearly none does. */
    public static boolean isIn(PartyEvent event) {
        PartyFacts facts = event.facts();
        return !facts.recordings().isEmpty() || facts.messageId() != null;
    }

    public boolean is(FactKind otherKind, String otherId) {
        return kind == otherKind && id.equals(otherId);
    }

    private static void addAll(PartyEvent event, Map<Thing, Mention> to) {
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

    private static void add(Mention mention, Map<Thing, Mention> to) {
        to.merge(
                new Thing(mention.kind, mention.id),
                mention,
                (known, other) -> ORDER.compare(other, known) < 0 ? other : known);
    }
}
