package io.callweave.explain;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyRef;
import io.callweave.explain.replay.StageReplay;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Short names instead of long ids: A for a session, A-2 for its party, no. 7 for a line. */
final class Labels {

    private static final Pattern LAST_NUMBER = Pattern.compile(".*-(\\d+)");

    private final Map<String, String> sessions = new LinkedHashMap<>();
    private final Map<PartyRef, String> parties = new HashMap<>();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Map<String, Set<String>> folders = new HashMap<>();

    private final Values values;

    private Labels(Values values) {
        this.values = values;
    }

    static Labels of(CallHistory history, Values values) {
        Labels labels = new Labels(values);
        Map<String, Long> starts = new HashMap<>();
        for (Arrival arrival : history.arrivals()) {
            starts.merge(sessionOf(arrival.event()), arrival.event().eventTime(), Math::min);
        }
        List<String> ids = new ArrayList<>(history.sessions());
        ids.sort(Comparator.comparing((String id) -> starts.getOrDefault(id, Long.MAX_VALUE))
                .thenComparing(Comparator.naturalOrder()));
        ids.forEach(labels::name);
        for (Emitted each : history.emitted()) {
            each.missing().stream().sorted().forEach(labels::name);
        }
        Set<String> taken = new HashSet<>();
        for (Arrival arrival : history.arrivals()) {
            PartyRef ref =
                    new PartyRef(sessionOf(arrival.event()), arrival.event().partyId());
            if (!labels.parties.containsKey(ref)) {
                labels.parties.put(ref, labels.nameOf(ref, taken));
            }
        }
        for (RecordedLine line : history.lines()) {
            labels.lines.put(line.source(), labels.lines.size() + 1);
            labels.folders
                    .computeIfAbsent(fileOf(nameOf(line.source())), name -> new HashSet<>())
                    .add(fileOf(line.source()));
        }
        return labels;
    }

    /** Status and reason of an event. */
    String status(PartyEvent event) {
        String reason = event.facts().reason();
        return values.text("status", event.facts().status())
                + (reason == null ? "" : " (" + values.text("reason", reason) + ")");
    }

    /** A text of a member: masked, if that is wanted. */
    String text(String member, String text) {
        return values.text(member, text);
    }

    private static String sessionOf(PartyEvent event) {
        return event.session().telephonySessionId();
    }

    private void name(String sessionId) {
        int number = sessions.size();
        sessions.putIfAbsent(sessionId, number < 26 ? String.valueOf((char) ('A' + number)) : "S" + (number + 1));
    }

    /** The number at the end of its id, if that distinguishes the parties of the session. */
    private String nameOf(PartyRef ref, Set<String> taken) {
        String id = String.valueOf(ref.partyId());
        Matcher number = LAST_NUMBER.matcher(id);
        String session = session(ref.telephonySessionId()) + "-";
        String shown = text("partyId", id);
        String name = session + (number.matches() && shown.equals(id) ? number.group(1) : shown);
        return taken.add(name) ? name : session + shown;
    }

    /** The ids of all sessions, those that were seen first. */
    Map<String, String> sessions() {
        return sessions;
    }

    String session(String id) {
        return sessions.getOrDefault(id, text("telephonySessionId", id));
    }

    /** @param partyId null if only the session is known */
    String party(String sessionId, @Nullable String partyId) {
        if (partyId == null) {
            return "session " + session(sessionId);
        }
        return parties.getOrDefault(
                new PartyRef(sessionId, partyId), session(sessionId) + "/" + text("partyId", partyId));
    }

    String party(PartyEvent event) {
        return party(sessionOf(event), event.partyId());
    }

    boolean knowsParty(String sessionId, String partyId) {
        return parties.containsKey(new PartyRef(sessionId, partyId));
    }

    int number(RecordedLine line) {
        return lines.getOrDefault(line.source(), 0);
    }

    /** File and line number, with the folder if another file has the same name. */
    String source(RecordedLine line) {
        String name = nameOf(line.source());
        return folders.getOrDefault(fileOf(name), Set.of()).size() > 1 ? line.source() : name;
    }

    private static String nameOf(String source) {
        return source.substring(source.lastIndexOf('/') + 1);
    }

    private static String fileOf(String source) {
        return source.substring(0, source.lastIndexOf(':'));
    }

    /** A party event in words. */
    String event(Arrival arrival) {
        PartyEvent event = arrival.event();
        return "no. " + number(arrival.line()) + " (" + party(event) + " " + status(event) + ", sequence "
                + event.sequence() + ")";
    }

    /** The emitted revision, in words. */
    String emission(StageReplay.Emission emission) {
        return "revision " + emission.revision()
                + (sessions.size() > 1 ? " of call " + session(emission.callId()) : "");
    }
}
