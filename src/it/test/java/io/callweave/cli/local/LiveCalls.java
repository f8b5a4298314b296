package io.callweave.cli.local;

import io.callweave.platform.PlatformServer;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.truth.CallTruth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Calls of a busy contact centre at a simulated platform, in real time. */
final class LiveCalls {

    private final Traffic traffic;
    private final List<CallTruth> truths = new CopyOnWriteArrayList<>();
    private final Thread thread = new Thread(this::run, "live-calls");
    private PlatformServer platform;
    private volatile boolean hurried;

    LiveCalls(int seats, Duration span) {
        traffic =
                new Traffic(new CentreSize(7, 1, seats, Instant.now().plusSeconds(2), span, true), DeliveryFaults.NONE);
    }

    String account() {
        return traffic.accounts().get(0);
    }

    void start(PlatformServer at) {
        platform = at;
        thread.start();
    }

    /** Publishes the rest at once, and returns all calls. */
    List<CallTruth> finish() throws InterruptedException {
        hurried = true;
        thread.join();
        return truths;
    }

    private void run() {
        try {
            while (traffic.hasNext()) {
                Traffic.Item item = traffic.next();
                while (!hurried && Instant.now().isBefore(item.time())) {
                    Thread.sleep(Math.min(
                            200,
                            Math.max(
                                    1,
                                    Duration.between(Instant.now(), item.time()).toMillis())));
                }
                if (item.notification() != null) {
                    platform.publish(item.notification());
                    if (hurried) {
                        Thread.sleep(5);
                    }
                }
                truths.addAll(item.told());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
