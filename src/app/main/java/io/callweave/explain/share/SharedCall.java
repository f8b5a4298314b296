package io.callweave.explain.share;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.event.EventBody;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.Peer;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.SessionRecord;
import io.callweave.explain.RecordedLine;
import io.callweave.explain.RecordedLines;
import io.callweave.notification.NotificationReader;
import io.callweave.record.CallRecordJson;
import io.callweave.topology.calls.CallOptions;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The notifications of one call without names, phone numbers and ids. Links, order and times are those of the original, so
 * {@code assemble} makes the same record of it, except for what is masked. Calls that it names but is not part of come with
 * it: a call and that of the supervisor who listened to it.
 */
public final class SharedCall {

    /** The first line says by its event that it is no notification, so all commands skip it. */
    private static final String EVENT = "/callweave/shared-call";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final NotificationReader reader;
    private final List<RecordedLine> lines;
    private final Map<String, byte[]> originals;
    private final Set<String> sessions = new HashSet<>();
    private final Map<String, String> e164 = new HashMap<>();
    private final String accountId;

    private SharedCall(
            RecordedLines recording,
            Map<String, byte[]> originals,
            String accountId,
            String telephonySessionId,
            CallOptions options) {
        this.reader = new NotificationReader(options.notifications());
        this.originals = originals;
        this.accountId = accountId;
        Assembly assembly = new Assembly();
        recording.lines().stream()
                .flatMap(line -> line.events().stream())
                .filter(event -> event.session().accountId().equals(accountId))
                .forEach(assembly::add);
        sessions.add(telephonySessionId);
        for (CallRecord call : assembly.records(options.rules())) {
            Set<String> seen = new HashSet<>();
            call.sessions().stream().map(SessionRecord::telephonySessionId).forEach(seen::add);
            if (seen.contains(telephonySessionId) || call.missingSessions().contains(telephonySessionId)) {
                sessions.addAll(seen);
                phoneNumbers(tree(CallRecordJson.write(call, 1)));
            }
        }
        addNeighbours(recording);
        lines = recording.lines().stream().filter(this::isOfTheCall).toList();
    }

    /**
     * Masks a call.
     *
     * @param recording all that was read
     * @param originals the bytes of its lines, by their source
     * @param telephonySessionId any session of the call
     * @param options those that the recording was read with
     * @param head what the first line says of how it was made; nothing that has to be masked
     * @return lines; the first one describes the others
     */
    public static List<byte[]> of(
            RecordedLines recording,
            Map<String, byte[]> originals,
            String accountId,
            String telephonySessionId,
            CallOptions options,
            Map<String, ?> head) {
        SharedCall call = new SharedCall(recording, originals, accountId, telephonySessionId, options);
        try {
            return call.masked(telephonySessionId, head);
        } catch (IOException e) {
            throw new IllegalStateException("What was read as a notification is JSON.", e);
        }
    }

    private List<byte[]> masked(String telephonySessionId, Map<String, ?> head) throws IOException {
        Set<String> texts = new HashSet<>();
        texts.add(telephonySessionId);
        for (RecordedLine line : lines) {
            var unused = MaskedCopy.of(original(line), text -> {
                texts.add(text);
                return text;
            });
        }
        e164.keySet().retainAll(texts);
        Pseudonyms pseudonyms = new Pseudonyms(texts, e164);
        List<String> copies = new ArrayList<>();
        BodyOrder order = new BodyOrder();
        for (RecordedLine line : lines) {
            byte[] copy = MaskedCopy.of(original(line), pseudonyms::of);
            copies.add(new String(copy, StandardCharsets.UTF_8));
            List<PartyEvent> masked = reader.read(copy).events();
            for (int i = 0; i < masked.size(); i++) {
                order.add(line.events().get(i), masked.get(i));
            }
        }
        List<byte[]> all = new ArrayList<>();
        all.add(head(pseudonyms.of(telephonySessionId), head));
        Map<EventBody, String> replacements = order.replacements();
        for (String copy : copies) {
            String ordered = copy;
            for (PartyEvent event :
                    reader.read(copy.getBytes(StandardCharsets.UTF_8)).events()) {
                String party = event.body().partyText();
                ordered = ordered.replace(party, replacements.getOrDefault(event.body(), party));
            }
            all.add(ordered.getBytes(StandardCharsets.UTF_8));
        }
        return all;
    }

    /**
     * Sessions of other calls that name one of this call, or that it names: such as those of a supervisor. That they are kept
     * apart follows from their own events.
     */
    private void addNeighbours(RecordedLines recording) {
        Set<String> neighbours = new HashSet<>();
        for (RecordedLine line : recording.lines()) {
            for (PartyEvent event : line.events()) {
                Peer peer = event.facts().peer();
                if (peer != null && event.session().accountId().equals(accountId)) {
                    String own = event.session().telephonySessionId();
                    if (sessions.contains(own)) {
                        neighbours.add(peer.telephonySessionId());
                    } else if (sessions.contains(peer.telephonySessionId())) {
                        neighbours.add(own);
                    }
                }
            }
        }
        sessions.addAll(neighbours);
    }

    private byte[] head(String callId, Map<String, ?> more) throws IOException {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("event", EVENT);
        head.putAll(more);
        head.put("call", callId);
        head.put("notifications", lines.size());
        return JSON.writeValueAsBytes(head);
    }

    private boolean isOfTheCall(RecordedLine line) {
        return line.events().stream()
                .map(PartyEvent::session)
                .anyMatch(session ->
                        session.accountId().equals(accountId) && sessions.contains(session.telephonySessionId()));
    }

    private byte[] original(RecordedLine line) {
        byte[] original = originals.get(line.source());
        if (original == null) {
            throw new IllegalArgumentException("There are no bytes of " + line.source() + ".");
        }
        return original;
    }

    /** Which phone numbers have a normal form, the record says. */
    private void phoneNumbers(JsonNode node) {
        if (node.path("phoneNumber").isTextual() && node.path("e164").isTextual()) {
            e164.put(node.path("phoneNumber").asText(), node.path("e164").asText());
        }
        node.forEach(this::phoneNumbers);
    }

    private static JsonNode tree(byte[] json) {
        try {
            return JsonLimits.tree(json);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
