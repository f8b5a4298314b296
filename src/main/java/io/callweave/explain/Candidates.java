package io.callweave.explain;

import io.callweave.call.PartyEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The telephony sessions that somebody may have meant who named one that is not there. */
public final class Candidates {

    private static final int MOST = 3;
    private static final int SHORTEST_PART = 4;

    private Candidates() {}

    /** At most three, the likeliest first: those that the text is part of or that have it as another id, then those alike. */
    public static List<String> of(Recording recording, String text) {
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
        alike.removeIf(id -> distance(id, text) > text.length() / 4);
        alike.sort(Comparator.comparingInt((String id) -> distance(id, text)).thenComparing(Comparator.naturalOrder()));
        found.addAll(alike);
        return found.stream().limit(MOST).toList();
    }

    /** Levenshtein's: how many characters have to be put in, taken out or changed. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[row.length - 1];
    }
}
