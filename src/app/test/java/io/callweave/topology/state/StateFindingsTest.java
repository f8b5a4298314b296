package io.callweave.topology.state;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.PartyEvent;
import io.callweave.notification.NotificationReader;
import io.callweave.topology.AccountStage;
import io.callweave.topology.StoreNames;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.windows.WindowAggregator;
import io.callweave.topology.windows.WindowOptions;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is in memory and what would be read again are the same, also where bodies conflict and calls are parted. */
class StateFindingsTest {

    private static final long START = 1_750_000_000_000L;

    private final KeyValueStore<Bytes, byte[]> calls = TestStores.inMemory(StoreNames.CALLS);
    private final KeyValueStore<Bytes, byte[]> due = TestStores.inMemory(StoreNames.CALL_DUE);
    private final KeyValueStore<Bytes, byte[]> windowStore = TestStores.inMemory(StoreNames.WINDOWS);
    private final List<StageOutput> out = new ArrayList<>();
    private AccountStage stage = stage();
    private long now = START;
    private long offset;

    @Test
    void shouldKeepTheGreaterBodyOfAHeldEventAfterItsReleaseAndARestart() {
        PartyEvent[] two = bodies("s-1", 4, "p-1", "Answered");
        receive(event("s-1", 2, "p-1", "Setup", "a", null, null));
        receive(two[0]);
        receive(two[1]);
        receive(event("s-1", 3, "p-1", "Proceeding", "a", null, null));

        restart();

        assertThat(stage.sessions()
                        .get(two[1].session())
                        .session()
                        .at(two[1].place())
                        .body())
                .isEqualTo(two[1].body());
    }

    @Test
    void shouldPassOnTheFirstBodyOfAHeldEventAlsoAfterARestart() {
        PartyEvent[] two = bodies("s-1", 4, "p-1", "Answered");
        receive(event("s-1", 2, "p-1", "Setup", "a", null, null));
        receive(two[0]);
        receive(two[1]);
        restart();
        out.clear();

        receive(event("s-1", 3, "p-1", "Proceeding", "a", null, null));

        assertThat(orderedJson().get(1)).contains(two[0].body().partyText());
    }

    @Test
    void shouldKeepTheGreaterBodyOfALateEventThatIsHeld() {
        settledCall();
        PartyEvent[] two = bodies("s-1", 9, "p-1", "Answered");
        receive(two[0]);
        receive(two[1]);

        assertThat(stage.sessions()
                        .get(two[1].session())
                        .session()
                        .at(two[1].place())
                        .body())
                .isEqualTo(two[1].body());
    }

    @Test
    void shouldSayOfASupersededCallWhatItsLastRecordSaid() {
        // s-2 names s-3 as any peer; s-3 says that it supervises s-2, so they are two calls.
        receive(event("s-3", 2, "p-3", "Answered", "a", "s-2", "Supervising"));
        receive(event("s-2", 2, "p-1", "Setup", "b", "s-3", null));
        receive(event("s-2", 3, "p-2", "Setup", "b", null, null));
        receive(event("s-2", 4, "p-1", "Disconnected", "b", "s-3", null));
        receive(event("s-2", 5, "p-2", "Disconnected", "b", null, null));
        String last = callJson("s-2").get(0);
        assertThat(last).contains("\"status\":\"complete\"", "\"missingSessions\":[]");

        receive(eventAt("2026-03-02T11:00:00.000Z", "s-0", 2, "p-0", "Setup", "c", "s-2", null));

        String superseded = callJson("s-2").get(1);
        assertThat(superseded).contains("superseded", "\"missingSessions\":[]");
    }

    private void settledCall() {
        receive(event("s-1", 2, "p-1", "Setup", "a", null, null));
        receive(event("s-1", 3, "p-2", "Setup", "a", null, null));
        receive(event("s-1", 4, "p-1", "Disconnected", "a", null, null));
        receive(event("s-1", 5, "p-2", "Disconnected", "a", null, null));
        assertThat(callJson("s-1")).hasSize(1);
    }

    private List<String> orderedJson() {
        return out.stream()
                .filter(StageOutput.OrderedEvent.class::isInstance)
                .map(one -> new String(((StageOutput.OrderedEvent) one).json(), UTF_8))
                .toList();
    }

    private List<String> callJson(String callId) {
        return out.stream()
                .filter(StageOutput.CallEmission.class::isInstance)
                .map(StageOutput.CallEmission.class::cast)
                .filter(one -> one.callId().equals(callId))
                .map(one -> new String(one.json(), UTF_8))
                .toList();
    }

    private void receive(PartyEvent event) {
        stage.sourceTime(0, now, StepLimits.DEFAULT.timeless().begin(), out);
        out.addAll(stage.accept(List.of(event), 0, offset++, now, now, now).out());
        stage.flush();
    }

    private void restart() {
        stage = stage();
    }

    private AccountStage stage() {
        WindowAggregator windows = new WindowAggregator(
                windowStore, Directory.NONE, WindowOptions.DEFAULT, TopologyMetrics.unexported(), Long.MIN_VALUE, 0);
        return new AccountStage(calls, due, windows, Directory.NONE, CallOptions.DEFAULT, 0);
    }

    /** Two bodies of one event, the lesser one first. */
    private static PartyEvent[] bodies(String session, long sequence, String party, String status) {
        PartyEvent one = event(session, sequence, party, status, "Anna", null, null);
        PartyEvent other = event(session, sequence, party, status, "Berta", null, null);
        return one.supersedes(other) ? new PartyEvent[] {other, one} : new PartyEvent[] {one, other};
    }

    private static PartyEvent event(
            String session,
            long sequence,
            String party,
            String status,
            String name,
            @Nullable String peer,
            @Nullable String reason) {
        return eventAt("2026-03-02T12:00:00.000Z", session, sequence, party, status, name, peer, reason);
    }

    private static PartyEvent eventAt(
            String time,
            String session,
            long sequence,
            String party,
            String status,
            String name,
            @Nullable String peer,
            @Nullable String reason) {
        String json = "{\"body\":{\"sequence\":" + sequence + ",\"telephonySessionId\":\"" + session
                + "\",\"eventTime\":\"" + time + "\",\"origin\":{\"type\":\"Call\"},\"sessionId\":\"1\",\"parties\":[{"
                + "\"accountId\":\"1\",\"extensionId\":\"" + party + "\",\"id\":\"" + party
                + "\",\"direction\":\"Inbound\",\"to\":{\"name\":\"" + name + "\"},\"status\":{\"code\":\"" + status
                + "\""
                + (peer == null ? "" : ",\"peerId\":{\"telephonySessionId\":\"" + peer + "\"}")
                + (reason == null ? "" : ",\"reason\":\"" + reason + "\"") + "}}]}}";
        return new NotificationReader().read(json.getBytes(UTF_8)).events().get(0);
    }
}
