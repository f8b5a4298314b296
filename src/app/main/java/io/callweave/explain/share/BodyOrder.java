package io.callweave.explain.share;

import io.callweave.call.event.EventBody;
import io.callweave.call.event.PartyEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The one of several bodies of one party event with the greatest SHA-256 counts, and masking changes them. So masked ones get a
 * member more, with a number that brings their hashes into the order of the originals.
 */
final class BodyOrder {

    private static final int HASHES = 1 << 16;

    /** The order among the others does not matter, and a number for one of many places takes as many tries. */
    private static final int MOST_ORDERED = 16;

    private final Map<Identity, Map<EventBody, EventBody>> bodies = new LinkedHashMap<>();

    private record Identity(Object session, PartyEvent.Place place) {}

    /**
     * Takes an event.
     *
     * @param event as it was received
     * @param masked the same from the masked notification
     */
    void add(PartyEvent event, PartyEvent masked) {
        bodies.computeIfAbsent(new Identity(event.session(), event.place()), added -> new HashMap<>())
                .put(event.body(), masked.body());
    }

    /** What to write instead of the party of masked bodies that need a member more. */
    Map<EventBody, String> replacements() {
        Map<EventBody, String> replacements = new HashMap<>();
        for (Map<EventBody, EventBody> several : bodies.values()) {
            List<Map.Entry<EventBody, EventBody>> ordered = new ArrayList<>(several.entrySet());
            ordered.sort(Comparator.comparing(body -> body.getKey().sha256(), Arrays::compareUnsigned));
            int parts = Math.min(ordered.size(), MOST_ORDERED);
            for (int i = 0; i < ordered.size() && parts > 1; i++) {
                EventBody masked = ordered.get(i).getValue();
                replacements.put(masked, between(masked, Math.max(0, i - ordered.size() + parts), parts));
            }
        }
        return replacements;
    }

    /** The party with a number that puts its hash into the wanted part of all hashes. */
    private static String between(EventBody masked, int part, int parts) {
        String party = masked.partyText();
        String rest = masked.text().substring(party.length());
        for (int number = 0; ; number++) {
            String numbered = party.substring(0, party.length() - 1) + ",\"masked\":" + number + "}";
            byte[] hash = EventBody.of(numbered + rest).sha256();
            int place = Byte.toUnsignedInt(hash[0]) << Byte.SIZE | Byte.toUnsignedInt(hash[1]);
            if ((long) place * parts / HASHES == part) {
                return numbered;
            }
        }
    }
}
