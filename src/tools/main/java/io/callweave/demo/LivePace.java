package io.callweave.demo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.truth.CallTruth;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.Set;

/**
 * Simulated notifications when they happen, in real time. The contact centre opened before the start, so there are calls that
 * go on: what happened in them is sent at once. Calls that were over by then are left out.
 */
final class LivePace implements Iterator<Due> {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Traffic traffic;
    private final Queue<Due> before = new ArrayDeque<>();

    /** @param start until when calls are looked at that may be over */
    LivePace(Traffic traffic, Instant start) {
        this.traffic = traffic;
        List<Due> happened = new ArrayList<>();
        Set<String> over = new HashSet<>();
        Instant reached = Instant.MIN;
        while (reached.isBefore(start) && traffic.hasNext()) {
            Traffic.Item item = traffic.next();
            reached = item.time();
            if (item.notification() != null) {
                happened.add(new Due(item.time(), item.notification()));
            }
            if (reached.isBefore(start)) {
                item.told().forEach(call -> over.addAll(sessions(call)));
            }
        }
        happened.stream()
                .filter(due -> !over.contains(due.notification().telephonySessionId()))
                .forEach(before::add);
    }

    @Override
    public boolean hasNext() {
        return !before.isEmpty() || traffic.hasNext();
    }

    @Override
    public Due next() {
        Due happened = before.poll();
        while (happened == null) {
            Traffic.Item item = traffic.next();
            if (item.notification() != null) {
                happened = new Due(item.time(), item.notification());
            }
        }
        return happened;
    }

    private static List<String> sessions(CallTruth call) {
        try {
            List<String> ids = new ArrayList<>();
            for (JsonNode session : JSON.readTree(call.json()).path("sessions")) {
                ids.add(session.path("telephonySessionId").asText());
            }
            return ids;
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("A truth is JSON.", e);
        }
    }
}
