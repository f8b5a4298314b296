package io.callweave.testcalls;

import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.WireJson;
import io.callweave.simulation.truth.CallTruth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Calls of a contact centre, each with all of its notifications.
 *
 * @param notifications in the order in which they are sent
 */
public record WholeCalls(String account, List<Notification> notifications, List<CallTruth> truths) {

    /**
     * The first calls that end of those that begin within 20 minutes.
     *
     * @param seed another one makes other calls of the same account
     */
    public static WholeCalls of(long seed, Instant start, int calls) {
        Traffic traffic = new Traffic(
                new CentreSize(seed, 1, 40 + calls, start, Duration.ofMinutes(20), true), DeliveryFaults.NONE);
        List<Notification> notifications = new ArrayList<>();
        List<CallTruth> truths = new ArrayList<>();
        while (traffic.hasNext() && truths.size() < calls) {
            Traffic.Item item = traffic.next();
            if (item.notification() != null) {
                notifications.add(item.notification());
            }
            truths.addAll(item.told());
        }
        return new WholeCalls(traffic.accounts().get(0), notifications, truths).first(calls);
    }

    /** The first of them. */
    public WholeCalls first(int calls) {
        List<CallTruth> first = truths.subList(0, Math.min(calls, truths.size()));
        Set<String> sessions = sessions(first);
        return new WholeCalls(
                account,
                notifications.stream()
                        .filter(each -> sessions.contains(each.telephonySessionId()))
                        .toList(),
                first);
    }

    /** Of all calls. */
    public Set<String> sessions() {
        return sessions(truths);
    }

    private static Set<String> sessions(List<CallTruth> calls) {
        Set<String> sessions = new HashSet<>();
        for (CallTruth call : calls) {
            WireJson.read(call.json())
                    .path("sessions")
                    .forEach(session ->
                            sessions.add(session.path("telephonySessionId").asText()));
        }
        return sessions;
    }
}
