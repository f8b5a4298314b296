package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.record.CallRecord;
import io.callweave.notification.NotificationReader;
import io.callweave.notification.ParseResult;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.feedgap.KnownGaps;
import io.callweave.topology.message.RepartitionMessage;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.session.SessionMemory;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.state.CountingStore;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.windows.WindowAggregator;
import io.callweave.topology.windows.WindowOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The stage over stores that count, and what each step did. */
public final class MeteredStage {

    static final long START = 1_772_452_800_000L;
    public static final String ACCOUNT = "809646016";

    final CountingStore sessionStore = new CountingStore(StoreNames.CALLS);
    final CountingStore dueStore = new CountingStore(StoreNames.CALL_DUE);
    final CountingStore windowStore = new CountingStore(StoreNames.WINDOWS);

    private final AccountStage stage;
    private final WindowAggregator windows;
    private final List<StageOutput> out = new ArrayList<>();
    private long offset;
    private int folded;
    long now = START;

    /**
     * What one step did.
     *
     * @param stores all but the queue of due times
     * @param queueScans scans of that queue
     * @param folded events of the records that were made
     * @param sent bytes of what goes out
     */
    record Step(CountingStore.Count stores, int queueScans, int folded, long sent) {

        Step max(Step other) {
            return new Step(
                    new CountingStore.Count(
                            Math.max(stores.gets(), other.stores.gets()),
                            Math.max(stores.puts(), other.stores.puts()),
                            Math.max(stores.scans(), other.stores.scans()),
                            Math.max(stores.bytes(), other.stores.bytes())),
                    Math.max(queueScans, other.queueScans),
                    Math.max(folded, other.folded),
                    Math.max(sent, other.sent));
        }
    }

    static final Step NOTHING = new Step(new CountingStore.Count(0, 0, 0, 0), 0, 0, 0);

    MeteredStage() {
        this(SessionMemory.MOST_OF_A_PARTITION);
    }

    /** @param memory bytes of sessions that are kept in memory */
    MeteredStage(long memory) {
        windows = new WindowAggregator(
                windowStore, Directory.NONE, WindowOptions.DEFAULT, TopologyMetrics.unexported(), Long.MIN_VALUE, 0);
        stage = new AccountStage(
                sessionStore,
                dueStore,
                () -> memory,
                windows,
                Directory.NONE,
                KnownGaps.NONE,
                CallOptions.DEFAULT,
                0,
                Set.of(),
                account -> false,
                (call, rules) -> {
                    CallRecord record = CallRecord.of(call, rules);
                    record.sessions().forEach(session -> folded += session.partyEvents());
                    return record;
                });
        taken();
    }

    SessionStore sessions() {
        return stage.sessions();
    }

    /** A notification of one party event; what that step did. */
    Step event(PartyEvent event) {
        return notification(List.of(event));
    }

    Step notification(List<PartyEvent> events) {
        stage.sourceTime(0, now, StepLimits.DEFAULT.timeless().begin(), out);
        out.addAll(stage.accept(events, 0, offset++, now, now, now).out());
        stage.flush();
        out.addAll(windows.changed(now, now));
        return taken();
    }

    /** A notification of a later fact; what that step did. */
    Step fact(String notification) {
        byte[] value = notification.getBytes(UTF_8);
        ParseResult.OfFact fact = (ParseResult.OfFact) new NotificationReader().read(value);
        out.addAll(stage.accept(
                        fact.notice(),
                        new RepartitionMessage.Routed(0, offset++, now, "", false, null, null, null, value),
                        now)
                .out());
        stage.flush();
        return taken();
    }

    /** One step of what the clock of the source partition lets go. */
    Step sourceTime() {
        stage.sourceTime(0, now, StepLimits.DEFAULT.timeless().begin(), out);
        stage.flush();
        return taken();
    }

    /** One step of what is due. */
    Step due(StepLimits limits) {
        portion(limits);
        return taken();
    }

    void dueAll() {
        while (portion(StepLimits.DEFAULT.timeless())) {
            // In portions.
        }
        out.addAll(windows.ready(now, StepLimits.DEFAULT.timeless().begin()));
    }

    private boolean portion(StepLimits limits) {
        return stage.processDue(now, limits.begin(), entry -> {
            out.addAll(stage.due(entry, now, entry.time()));
            stage.flush();
            out.addAll(windows.changed(entry.time(), entry.time()));
        });
    }

    Step taken() {
        CountingStore.Count count = sessionStore.take().plus(windowStore.take());
        CountingStore.Count queue = dueStore.take();
        long sent = out.stream().mapToLong(MeteredStage::size).sum();
        out.clear();
        Step step = new Step(
                count.plus(new CountingStore.Count(queue.gets(), queue.puts(), 0, queue.bytes())),
                queue.scans(),
                folded,
                sent);
        folded = 0;
        return step;
    }

    private static long size(StageOutput output) {
        byte[] json = null;
        if (output instanceof StageOutput.CallEmission call) {
            json = call.json();
        } else if (output instanceof StageOutput.OrderedEvent event) {
            json = event.json();
        } else if (output instanceof StageOutput.LiveUpdate live) {
            json = live.json();
        } else if (output instanceof StageOutput.PartyRow row) {
            json = row.json();
        } else if (output instanceof StageOutput.WindowUpdate window) {
            json = window.json();
        } else if (output instanceof StageOutput.ArtifactUpdate artifact) {
            json = artifact.json();
        } else if (output instanceof StageOutput.Unplaced unplaced) {
            json = unplaced.notice().value();
        }
        return json == null ? 0 : json.length;
    }

    /** An event; all that real ones have but their length. */
    public static PartyEvent event(
            String session,
            long sequence,
            String party,
            String status,
            @Nullable String reason,
            @Nullable String peer) {
        String json = "{\"body\":{\"sequence\":" + sequence + ",\"telephonySessionId\":\"" + session
                + "\",\"eventTime\":\"2026-03-02T12:00:00.000Z\",\"origin\":{\"type\":\"Call\"},\"sessionId\":\"1\",\"parties\":[{"
                + "\"accountId\":\"" + ACCOUNT + "\",\"extensionId\":\"" + party + "\",\"id\":\"" + party
                + "\",\"status\":{\"code\":\"" + status + "\""
                + (peer == null ? "" : ",\"peerId\":{\"telephonySessionId\":\"" + peer + "\"}")
                + (reason == null ? "" : ",\"reason\":\"" + reason + "\"") + "}}]}}";
        return new NotificationReader().read(json.getBytes(UTF_8)).events().get(0);
    }
}
