package io.callweave.bridge.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.bridge.IntakeOutcome;
import io.callweave.bridge.Owner;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.activity.BridgeMetrics;
import io.callweave.bridge.holder.Holder;
import io.callweave.bridge.recording.RecordingSchedule.Outcome;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.bridge.transport.Transport;
import io.callweave.bridge.transport.Upkeep;
import io.callweave.call.fact.FactKind;
import io.callweave.call.record.Artifact;
import io.callweave.call.record.CallRecord;
import io.callweave.ringcentral.Recordings;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Server;
import io.callweave.value.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks RingCentral for the recordings of calls that are not ready, for the accounts that are this bridge's and want it, and has
 * the answer kept as a notification. What is due follows from the topic of calls, so that another bridge can go on.
 */
public final class RecordingCare implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(RecordingCare.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TRANSPORT = "recording";
    private static final int REQUESTS_AT_ONCE = 8;
    private static final long TICK_MS = 200;
    private static final long FORGET_EVERY_MS = 60_000;

    /** A call can end long before its record is emitted. */
    private static final Duration LONGEST_CALL = Duration.ofHours(8);

    private final BridgeServices services;
    private final Holder holder;
    private final Server server;
    private final RecordingTimes times;
    private final Map<String, Object> kafka;
    private final String topic;

    /** Guarded by itself. */
    private final RecordingSchedule schedule;

    private final Semaphore room = new Semaphore(REQUESTS_AT_ONCE);
    private final ExecutorService requests = Executors.newFixedThreadPool(REQUESTS_AT_ONCE, RecordingCare::thread);
    private final Upkeep upkeep = new Upkeep("recording-care");

    /** Used by the upkeep's thread, and by the one that closes. */
    private volatile @Nullable RecordingsOfCalls watch;

    private long forgotAt;
    private volatile boolean closed;

    private RecordingCare(
            BridgeServices services,
            Holder holder,
            Server server,
            RecordingTimes times,
            Map<String, Object> kafka,
            String topic) {
        this.services = services;
        this.holder = holder;
        this.server = server;
        this.times = times;
        this.kafka = Map.copyOf(kafka);
        this.topic = topic;
        schedule = new RecordingSchedule(times);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "recording-care");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Begins with the accounts that the holder gives. Kafka need not be there. Reads calls only if an account wants recordings.
     *
     * @param holder stays the caller's, who closes it afterwards
     * @param server repeats no requests: the schedule does
     * @param kafka options of Kafka clients, with {@code bootstrap.servers}
     * @param topic of calls
     */
    public static RecordingCare start(
            BridgeServices services,
            Holder holder,
            Server server,
            RecordingTimes times,
            Map<String, Object> kafka,
            String topic) {
        RecordingCare care = new RecordingCare(services, holder, server, times, kafka, topic);
        services.metrics().watchRecordings(care::open);
        care.upkeep.every(TICK_MS, care::tick);
        return care;
    }

    @Override
    public void close() {
        closed = true;
        upkeep.close();
        requests.shutdownNow();
        RecordingsOfCalls reading = watch;
        if (reading != null) {
            reading.close();
        }
    }

    private int open() {
        synchronized (schedule) {
            return schedule.open();
        }
    }

    private void tick() {
        Set<String> wanting = new HashSet<>();
        Set<String> ours = new HashSet<>();
        for (Account account : services.accounts().get().all()) {
            Connection connection = account.connection();
            if (connection != null && connection.artifacts().contains(FactKind.RECORDING)) {
                wanting.add(account.id());
                if (holder.holds(account.id())) {
                    ours.add(account.id());
                }
            }
        }
        if (use(wanting, ours)) {
            RecordingsOfCalls before = watch;
            if (before != null) {
                before.close(); // it has left out the calls of the account that is new
            }
            watch = RecordingsOfCalls.start(
                    kafka, topic, times.giveUp().plus(LONGEST_CALL), services.clock(), this::take);
        }
        askDue();
    }

    private void take(CallRecord call) {
        long now = services.clock().millis();
        synchronized (schedule) {
            for (Artifact artifact : call.artifacts()) {
                if (RecordingsOfCalls.isRecording(artifact)) {
                    RecordingSchedule.Id id = new RecordingSchedule.Id(call.accountId(), artifact.id());
                    if (artifact.readyAt() == null) {
                        boolean full = schedule.unready(
                                new RecordingSchedule.Unready(
                                        id, call.times().endTime(), call.times().durationMs()),
                                now);
                        if (full) {
                            services.metrics().recording(BridgeMetrics.Recording.GIVEN_UP);
                        }
                    } else {
                        schedule.ready(id);
                    }
                }
            }
        }
    }

    private boolean use(Set<String> wanting, Set<String> ours) {
        long now = services.clock().millis();
        synchronized (schedule) {
            boolean added = schedule.use(wanting, ours, now);
            if (now - forgotAt > FORGET_EVERY_MS) {
                forgotAt = now;
                schedule.forget(now);
            }
            return added;
        }
    }

    /** As many as there is room for: with many accounts, there is always one to ask for. */
    private void askDue() {
        synchronized (schedule) {
            while (!closed && room.tryAcquire()) {
                RecordingSchedule.Id next = schedule.next(services.clock().millis());
                if (next == null) {
                    room.release();
                    return;
                }
                requests.execute(() -> ask(next));
            }
        }
    }

    private void ask(RecordingSchedule.Id id) {
        Outcome outcome = Outcome.FAILED;
        Duration pause = Duration.ZERO;
        try {
            Account account = services.accounts().get().of(id.account());
            Connection connection = account == null ? null : account.connection();
            if (account != null && connection != null) {
                Recordings.Answer answer = server.client(connection.credentials(), services.clock())
                        .recordings(id.account())
                        .get(id.recording());
                pause = answer.pause() == null ? Duration.ZERO : answer.pause();
                JsonNode metadata = answer.metadata();
                outcome = metadata == null ? Outcome.MISSING : keep(account, id, metadata);
                services.activity().artifacts(id.account(), TRANSPORT, null);
            }
        } catch (RingCentralException e) {
            pause = e.retryAfter() != null ? e.retryAfter() : e.passes() ? Duration.ZERO : times.refused();
            if (!e.passes()) {
                services.activity().artifacts(id.account(), TRANSPORT, "Recordings are not read. " + e.getMessage());
            }
        } catch (RuntimeException e) {
            LOG.error("A recording could not be asked for.", e);
        } finally {
            boolean goesOn;
            synchronized (schedule) {
                goesOn = schedule.answered(
                        id, outcome, pause.toMillis(), services.clock().millis());
            }
            room.release();
            services.metrics().recording(word(outcome, goesOn));
        }
        askDue();
    }

    private static BridgeMetrics.Recording word(Outcome outcome, boolean goesOn) {
        return !goesOn
                ? BridgeMetrics.Recording.GIVEN_UP
                : switch (outcome) {
                    case READY -> BridgeMetrics.Recording.READY;
                    case MISSING -> BridgeMetrics.Recording.MISSING;
                    case FAILED -> BridgeMetrics.Recording.FAILED;
                };
    }

    /** Ready when it is safe in Kafka or on disk. */
    private Outcome keep(Account account, RecordingSchedule.Id id, JsonNode metadata) {
        long now = services.clock().millis();
        IntakeOutcome kept = services.ours()
                .accept(Owner.of(account), notification(id, metadata, now), new Receipt(TRANSPORT, now, TRANSPORT))
                .join();
        return kept == IntakeOutcome.PUBLISHED ? Outcome.READY : Outcome.FAILED;
    }

    /** What RingCentral would send if it had such an event. */
    private static byte[] notification(RecordingSchedule.Id id, JsonNode metadata, long now) {
        ObjectNode envelope = JSON.createObjectNode()
                .put("uuid", UUID.randomUUID().toString())
                .put("event", Recordings.path(id.account(), id.recording()))
                .put("timestamp", Timestamps.iso(now));
        ObjectNode body = envelope.putObject("body");
        if (metadata instanceof ObjectNode known) {
            body.setAll(known);
        }
        body.put("id", id.recording()).put("readyAt", Timestamps.iso(now));
        return envelope.toString().getBytes(StandardCharsets.UTF_8);
    }
}
