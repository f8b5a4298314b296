package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.call.CallLimits;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.record.CallRecord;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.facts.LaterFacts;
import io.callweave.topology.feedgap.KnownGaps;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.session.SessionMemory;
import io.callweave.topology.state.StoreKeys;
import io.callweave.topology.state.TestStores;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.windows.WindowAggregator;
import io.callweave.topology.windows.WindowOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** The stage over stores in memory, driven as its processor drives it, which can be started anew on them. */
public final class RestartedStage {

    static final long START = 1_772_452_800_000L;

    private final KeyValueStore<Bytes, byte[]> sessions = TestStores.inMemory(StoreNames.CALLS);
    private final KeyValueStore<Bytes, byte[]> due = TestStores.inMemory(StoreNames.CALL_DUE);
    private final KeyValueStore<Bytes, byte[]> windowStore = TestStores.inMemory(StoreNames.WINDOWS);
    private final NotificationReader reader = new NotificationReader();
    private final List<StageOutput> out = new ArrayList<>();
    private final List<LaterFacts.Fate> fates = new ArrayList<>();
    private WindowAggregator windows;
    private AccountStage stage;
    private LateGaps lateGaps;
    private KnownGaps gaps = KnownGaps.NONE;
    private long now = START;
    private long offset;

    public RestartedStage() {
        restart(CallLimits.DEFAULT);
    }

    /** Only what is in the stores is known from now on. */
    public void restart(CallLimits limits) {
        windows = new WindowAggregator(
                windowStore, Directory.NONE, WindowOptions.DEFAULT, TopologyMetrics.unexported(), Long.MIN_VALUE, 0);
        stage = new AccountStage(
                sessions,
                due,
                () -> SessionMemory.MOST_OF_A_PARTITION,
                windows,
                Directory.NONE,
                gaps,
                CallOptions.DEFAULT.with(limits),
                0,
                Set.of(),
                account -> false,
                CallRecord::of);
        lateGaps = new LateGaps(
                gaps, stage.sessions(), CallOptions.DEFAULT.lateWindow().toMillis());
    }

    /** The same, and these gaps are known. */
    public void restart(CallLimits limits, KnownGaps known) {
        gaps = known;
        restart(limits);
    }

    public void receive(byte[] notification) {
        ParseResult reading = reader.read(notification);
        if (reading instanceof ParseResult.OfFact fact) {
            RepartitionMessage.Routed routed =
                    new RepartitionMessage.Routed(0, offset++, now, "", false, null, null, null, notification);
            AccountStage.FactAcceptance acceptance = stage.accept(fact.notice(), routed, now);
            out.addAll(acceptance.out());
            fates.add(acceptance.fate());
            stage.flush();
        } else {
            accept(reading.events());
        }
    }

    /** What became of the later facts. */
    public List<LaterFacts.Fate> fates() {
        return fates;
    }

    void accept(List<PartyEvent> events) {
        stage.sourceTime(0, now, StepLimits.DEFAULT.timeless().begin(), out);
        stage.flush();
        out.addAll(stage.accept(events, 0, offset++, now, now, now).out());
        stage.flush();
        out.addAll(windows.changed(now, now));
    }

    public void pass(long millis) {
        now += millis;
        stage.sourceTime(0, now, StepLimits.DEFAULT.timeless().begin(), out);
        stage.flush();
        boolean more = true;
        while (more) {
            more = stage.processDue(now, StepLimits.DEFAULT.timeless().begin(), entry -> {
                out.addAll(stage.due(entry, now, entry.time()));
                stage.flush();
                out.addAll(windows.changed(entry.time(), entry.time()));
            });
        }
        while (stage.liveCalls(now, StepLimits.DEFAULT.timeless().begin(), key -> {
            out.addAll(stage.liveCall(key, now));
            stage.flush();
        })) {
            // In portions.
        }
        while (lateGaps.work(now, StepLimits.DEFAULT.timeless().begin(), key -> {
            out.addAll(stage.gapKnown(key, now, now));
            stage.flush();
        })) {
            // In portions.
        }
        out.addAll(windows.ready(now, StepLimits.DEFAULT.timeless().begin()));
    }

    /** What has come out since this was last asked. */
    public List<StageOutput> taken() {
        List<StageOutput> taken = List.copyOf(out);
        out.clear();
        return taken;
    }

    /** The same, of {@code calls} only. */
    public List<StageOutput.CallEmission> takenCalls() {
        return only(StageOutput.CallEmission.class, taken());
    }

    static <T extends StageOutput> List<T> only(Class<T> kind, List<StageOutput> outputs) {
        return outputs.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    public static String json(StageOutput.CallEmission call) {
        return new String(call.json(), UTF_8);
    }

    /** The values of all sessions. */
    List<byte[]> sessionValues() {
        return TestStores.keys(sessions, StoreKeys.Kind.STATE).stream()
                .map(sessions::get)
                .toList();
    }
}
