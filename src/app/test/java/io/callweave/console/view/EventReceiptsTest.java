package io.callweave.console.view;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.call.event.PartyEvent;
import io.callweave.directory.DirectoryLookup;
import io.callweave.notification.NotificationLimits;
import io.callweave.notification.NotificationReader;
import io.callweave.record.RecordedCall;
import io.callweave.testcalls.Assembled;
import io.callweave.words.CallWords;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which events came late, in a call that RingCentral sent. */
class EventReceiptsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final NotificationReader READER = new NotificationReader(NotificationLimits.DEFAULT);

    @Test
    void shouldNumberTheEventsOfLanesAndMarkThoseThatCameAfterANewerOne() throws IOException {
        List<String> lines = new ArrayList<>(Files.readAllLines(Path.of("src/samples/real/csn-pstn-to-rc-ivr.ndjson")));
        JsonNode call = Assembled.trees(lines).get(0);
        Collections.swap(lines, 1, 2);
        lines.add(lines.get(0));
        long late = JSON.readTree(lines.get(2)).at("/body/sequence").asLong();

        EventReceipts receipts = new EventReceipts();
        List<Boolean> told = new ArrayList<>();
        for (String line : lines) {
            List<PartyEvent> events = READER.read(line.getBytes(UTF_8)).events();
            told.add(receipts.add(events.get(0).session().telephonySessionId(), events));
        }
        JsonNode lanes = receipts.mark(LaneJson.lanes(
                CallWords.of(RecordedCall.read(call), DirectoryLookup.EMPTY).lanes()));

        assertThat(told.get(2)).isTrue();
        assertThat(told).as("a repeated one is not late").containsOnlyOnce(true);
        List<JsonNode> events = new ArrayList<>();
        lanes.forEach(lane -> lane.path("events").forEach(events::add));
        assertThat(events).isNotEmpty().allMatch(event -> event.path("sequence").isNumber());
        assertThat(events)
                .filteredOn(event -> event.path("late").asBoolean())
                .extracting(event -> event.path("sequence").asLong())
                .containsOnly(late);
    }
}
