package io.callweave.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.Call;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.live.LiveCall;
import io.callweave.call.session.Session;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.notification.NotificationReader;
import io.callweave.record.LiveCallJson;
import io.callweave.testcalls.Assembled;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls of one session, event by event: while a call goes on, it waits in the queue in which its record says later that it was. */
class WaitsOfCallsTest {

    private static final NotificationReader READER = new NotificationReader();

    @ParameterizedTest
    @CsvSource({"acceptance/clean", "acceptance/kinds", "acceptance/accounts", "acceptance/shuffled", "examples/queue"})
    void shouldWaitWhereTheRecordSaysThatItWas(String file) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/samples/" + file + ".ndjson"));
        Map<String, JsonNode> records = new HashMap<>();
        Assembled.trees(lines)
                .forEach(record -> records.put(record.path("callId").asText(), record));
        List<String> moments = new ArrayList<>();
        bySequence(lines).forEach((key, events) -> {
            JsonNode record = records.get(key.telephonySessionId());
            if (record != null
                    && record.path("sessions").size() == 1
                    && !record.path("queues").isEmpty()) {
                watch(record, key, events.values(), moments);
            }
        });

        assertThat(moments).filteredOn(moment -> moment.startsWith("right in ")).hasSizeGreaterThan(3);
        assertThat(moments).filteredOn(moment -> !moment.startsWith("right ")).isEmpty();
    }

    private static Map<SessionKey, Map<Long, PartyEvent>> bySequence(List<String> lines) {
        Map<SessionKey, Map<Long, PartyEvent>> all = new HashMap<>();
        for (String line : lines) {
            READER.read(line.getBytes(StandardCharsets.UTF_8))
                    .events()
                    .forEach(event -> all.computeIfAbsent(event.session(), key -> new TreeMap<>())
                            .putIfAbsent(event.sequence(), event));
        }
        return all;
    }

    private static void watch(JsonNode record, SessionKey key, Iterable<PartyEvent> events, List<String> moments) {
        DirectoryLookup directory = DirectoryLookup.of(Json.stream(record.path("queues"))
                .map(queue -> new DirectoryEntry(
                        key.accountId(),
                        queue.path("queueExtensionId").asText(),
                        "Queue",
                        DirectoryEntry.QUEUE,
                        null,
                        null,
                        null))
                .toList());
        Session session = Session.empty(key);
        LiveView shown = null;
        for (PartyEvent event : events) {
            session = session.with(event);
            byte[] value = LiveCallJson.write(LiveCall.of(Call.of(List.of(session), List.of())));
            shown = LiveView.of(
                    (ObjectNode) Json.parse(value), shown, Instant.ofEpochMilli(event.eventTime()), directory);
            JsonNode doing = shown.json().path("doing");
            boolean left = !doing.path("callerHere").asBoolean()
                    && doing.path("state").asText().equals("ending");
            String queue = doing.at("/queue/id").asText();
            String expected = queueAt(record, event.eventTime());
            boolean right = expected == null || left || expected.equals(queue);
            moments.add((right ? "right " : key + " at " + Instant.ofEpochMilli(event.eventTime()) + ": " + doing + " ")
                    + (queue.isEmpty() ? "" : "in " + queue));
        }
    }

    /** The queue in which the call waits at a time; empty for none, null when it comes or goes. */
    private static @Nullable String queueAt(JsonNode record, long time) {
        String queue = "";
        for (JsonNode visit : record.path("queues")) {
            Long enter = Json.time(visit, "enterTime");
            Long leave = Json.time(visit, "leaveTime");
            if (enter == null || leave == null || time == enter || time == leave) {
                return null;
            }
            if (enter < time && time < leave) {
                queue = visit.path("queueExtensionId").asText();
            }
        }
        return queue;
    }
}
