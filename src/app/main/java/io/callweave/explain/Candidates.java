package io.callweave.explain;

import io.callweave.call.event.PartyEvent;
import io.callweave.settings.value.Spelling;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Suggests telephony sessions for an id that was not found. */
public final class Candidates {

    private static final int MOST = 3;
    private static final int SHORTEST_PART = 4;

    private Candidates() {}

    /**
     * At most three, the likeliest first: ids that contain the text, sessions that have it as another id, then similar
     * ids.
     */
    public static List<String> of(RecordedLines recording, String text) {
        Set<String> found = new LinkedHashSet<>();
        Set<String> ids = new TreeSet<>();
        for (RecordedLine line : recording.lines()) {
            for (PartyEvent event : line.events()) {
                String id = event.session().telephonySessionId();
                ids.add(id);
                if (text.equals(event.partyId()) || text.equals(event.sessionId())) {
                    found.add(id);
                }
            }
        }
        if (text.length() >= SHORTEST_PART) {
            ids.stream().filter(id -> id.contains(text) || text.contains(id)).forEach(found::add);
        }
        List<String> alike = new ArrayList<>(ids);
        alike.removeIf(id -> Spelling.distance(id, text) > text.length() / 4);
        alike.sort(Comparator.comparingInt((String id) -> Spelling.distance(id, text))
                .thenComparing(Comparator.naturalOrder()));
        found.addAll(alike);
        return found.stream().limit(MOST).toList();
    }
}
