package io.callweave.bench.dsl;

import io.callweave.bench.dsl.DslNotification.Body;
import io.callweave.bench.dsl.DslNotification.Party;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All events of a telephony session.
 *
 * @param events by sequence and party
 */
public record DslSession(
        String id, String accountId, @Nullable String origin, SortedMap<String, Event> events) {

    private static final Set<String> FINAL = Set.of("Disconnected", "Gone");

    /** One party of a notification. */
    public record Event(long sequence, String eventTime, Party party) {}

    /** No event so far. */
    public static DslSession empty() {
        return new DslSession("", "", null, new TreeMap<>());
    }

    /** The session with the events of a notification; the map is shared with the value before. */
    public DslSession with(String key, DslNotification notification) {
        Body body = notification.body();
        for (Party party : body.parties()) {
            events.putIfAbsent(
                    String.format("%08d/%s", body.sequence(), party.id()),
                    new Event(body.sequence(), body.eventTime(), party));
        }
        return new DslSession(key, notification.ownerId(), body.originType(), events);
    }

    /** Whether the last status of each party is final. */
    public boolean isOver() {
        Map<String, String> last = new HashMap<>();
        events.values()
                .forEach(event ->
                        last.put(event.party().id(), event.party().status().code()));
        return FINAL.containsAll(last.values());
    }

    /** Whether this status of a party is final. */
    public static boolean isFinal(Party party) {
        return FINAL.contains(party.status().code());
    }
}
