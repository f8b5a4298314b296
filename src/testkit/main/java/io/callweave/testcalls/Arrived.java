package io.callweave.testcalls;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.WireJson;
import io.callweave.simulation.truth.CallTruth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Simulated traffic, all of it.
 *
 * @param notifications in the order of arrival
 * @param truths of all calls
 */
public record Arrived(List<Notification> notifications, List<CallTruth> truths) {

    private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");

    public static Arrived of(long seed, int accounts, int seats, Duration span, DeliveryFaults faults) {
        return of(new CentreSize(seed, accounts, seats, MONDAY, span), faults);
    }

    public static Arrived of(CentreSize size, DeliveryFaults faults) {
        List<Notification> notifications = new ArrayList<>();
        List<CallTruth> truths = new ArrayList<>();
        new Traffic(size, faults).forEachRemaining(item -> {
            Notification notification = item.notification();
            if (notification != null) {
                notifications.add(notification);
            }
            truths.addAll(item.told());
        });
        return new Arrived(notifications, truths);
    }

    public List<String> lines() {
        return notifications.stream().map(Notification::json).toList();
    }

    public List<JsonNode> parties() {
        return notifications.stream().map(Notification::party).toList();
    }

    public List<JsonNode> truthTrees() {
        return truths.stream().map(truth -> WireJson.read(truth.json())).toList();
    }
}
