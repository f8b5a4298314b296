package io.callweave.bench.competitors.correctness;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.bench.traffic.CallTemplates;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.truth.CallTruth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * The same calls for all subjects, delivered well or badly. Calls with an envelope of another transport than webhooks
 * are left out because the baselines cannot read them.
 */
public final class FaultyTraffic {

    private static final Instant FROM = Instant.parse("2026-03-02T09:00:00Z");
    private static final int ACCOUNTS = 20;
    private static final int SEATS = 200;
    private static final long CALLS_PER_HOUR = 10L * ACCOUNTS * SEATS;
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long COPY_SOONEST = Duration.ofMinutes(2).toMillis();
    private static final long COPY_LATEST = Duration.ofMinutes(20).toMillis();

    private final CentreSize size;
    private final Set<String> leftOut = new HashSet<>();

    private record Copy(long time, Notification notification) {}

    /** Calls of this number, about, with this seed. */
    public FaultyTraffic(int calls, long seed) {
        Duration span = Duration.ofMillis(Math.max(1, calls * HOUR / CALLS_PER_HOUR));
        size = new CentreSize(seed, ACCOUNTS, SEATS, FROM, span, true);
        List<TrueCall> truths = new ArrayList<>();
        for (Traffic traffic = new Traffic(size, DeliveryFaults.NONE); traffic.hasNext(); ) {
            Traffic.Item item = traffic.next();
            Notification notification = item.notification();
            if (notification != null && !CallTemplates.isWebhook(notification)) {
                leftOut.add(sessionOf(notification));
            }
            item.told().forEach(told -> truths.add(TrueCall.of(CallTemplates.json(told))));
        }
        for (TrueCall call : truths) {
            if (call.sessions().stream().anyMatch(leftOut::contains)) {
                leftOut.addAll(call.sessions());
            }
        }
    }

    /** Sends everything, and returns the calls of which something arrived. */
    public List<TrueCall> send(DeliveryFaults faults, double lateCopies, LiveTraffic.Sink sink) {
        SplittableRandom random = new SplittableRandom(size.seed());
        PriorityQueue<Copy> copies = new PriorityQueue<>(Comparator.comparingLong(Copy::time));
        List<TrueCall> truths = new ArrayList<>();
        for (Traffic traffic = new Traffic(size, faults); traffic.hasNext(); ) {
            Traffic.Item item = traffic.next();
            Notification notification = item.notification();
            long now = item.time().toEpochMilli();
            if (notification != null && !leftOut.contains(sessionOf(notification))) {
                sendCopies(copies, now, sink);
                send(notification, now, sink);
                if (random.nextDouble() < lateCopies) {
                    copies.add(new Copy(now + random.nextLong(COPY_SOONEST, COPY_LATEST), notification));
                }
            }
            for (CallTruth told : item.told()) {
                JsonNode call = CallTemplates.json(told);
                TrueCall truth = TrueCall.of(call);
                if (truth.sessions().stream().noneMatch(leftOut::contains) && !TrueCall.isUnseen(call)) {
                    truths.add(truth);
                }
            }
        }
        sendCopies(copies, Long.MAX_VALUE, sink);
        return truths;
    }

    private static void sendCopies(PriorityQueue<Copy> copies, long until, LiveTraffic.Sink sink) {
        while (!copies.isEmpty() && copies.peek().time() <= until) {
            Copy copy = Objects.requireNonNull(copies.poll());
            send(copy.notification(), copy.time(), sink);
        }
    }

    private static void send(Notification notification, long time, LiveTraffic.Sink sink) {
        sink.send(notification.telephonySessionId(), notification.bytes(), time);
    }

    private static String sessionOf(Notification notification) {
        return notification.account() + "/" + notification.telephonySessionId();
    }
}
