package io.callweave.bench.traffic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.truth.CallTruth;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * The phone calls of a simulated contact centre in which every call ends and no notification is missing. Envelopes of
 * other transports are left out because the DSL baseline cannot read them.
 *
 * @param linked calls of several sessions
 * @param unlinked all others
 * @param brief those of the unlinked calls that have few notifications
 */
public record CallTemplates(List<CallTemplate> linked, List<CallTemplate> unlinked, List<CallTemplate> brief) {

    private static final long SEED = 12;
    private static final int SEATS = 200;
    private static final Instant FROM = Instant.parse("2026-03-02T09:00:00Z");
    private static final Duration SPAN = Duration.ofMinutes(45);

    /** Longer calls would delay the steady flow of a short benchmark. */
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private static final int MOST_OF_BRIEF = 6;
    private static final String PLAIN = "{\"uuid\":";
    private static final String MOBILE = "\"pn_apns\"";
    private static final int ID_PREFIX = "s-".length();
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The same templates every time. */
    public static CallTemplates make() {
        Traffic traffic = new Traffic(new CentreSize(SEED, 1, SEATS, FROM, SPAN, true), DeliveryFaults.NONE);
        Map<String, List<Traffic.Item>> arrived = new HashMap<>();
        List<CallTemplate> all = new ArrayList<>();
        while (traffic.hasNext()) {
            Traffic.Item item = traffic.next();
            Notification notification = item.notification();
            if (notification != null) {
                arrived.computeIfAbsent(notification.telephonySessionId(), id -> new ArrayList<>())
                        .add(item);
            }
            if (!item.told().isEmpty()) {
                all.addAll(template(item.told(), arrived));
            }
        }
        List<CallTemplate> unlinked =
                all.stream().filter(call -> call.linkedSessions() == 0).toList();
        return new CallTemplates(
                all.stream().filter(call -> call.linkedSessions() > 0).toList(),
                unlinked,
                unlinked.stream()
                        .filter(call -> call.sessions() == 1 && call.messages().size() <= MOST_OF_BRIEF)
                        .toList());
    }

    /** The duration of the longest, in milliseconds. */
    public long longest() {
        return all().mapToLong(CallTemplate::duration).max().orElse(0);
    }

    /** The notifications of a call, on average. */
    public double messages() {
        return all().mapToInt(call -> call.messages().size()).average().orElse(1);
    }

    /** The duration of a call in milliseconds, on average. */
    public double duration() {
        return all().mapToLong(CallTemplate::duration).average().orElse(0);
    }

    private Stream<CallTemplate> all() {
        return Stream.concat(linked.stream(), unlinked.stream());
    }

    /** Empty for a call that the baseline cannot read, or that would not end by itself. */
    private static List<CallTemplate> template(List<CallTruth> told, Map<String, List<Traffic.Item>> arrived) {
        List<String> sessions = new ArrayList<>();
        int linked = 0;
        boolean usable = true;
        for (CallTruth truth : told) {
            JsonNode call = json(truth);
            usable &= call.path("status").asText().equals("complete");
            int ofCall = call.path("sessions").size();
            linked += ofCall > 1 ? ofCall : 0;
            call.path("sessions")
                    .forEach(session ->
                            sessions.add(session.path("telephonySessionId").asText()));
        }
        List<Traffic.Item> items = sessions.stream()
                .flatMap(session ->
                        Objects.requireNonNullElse(arrived.remove(session), List.<Traffic.Item>of()).stream())
                .sorted(Comparator.comparing(Traffic.Item::time))
                .toList();
        usable &= items.stream().allMatch(item -> isWebhook(Objects.requireNonNull(item.notification())));
        if (!usable || items.isEmpty()) {
            return List.of();
        }
        CallTemplate template = template(items, sessions, linked, told.size());
        return template.duration() <= LONGEST.toMillis() ? List.of(template) : List.of();
    }

    private static CallTemplate template(List<Traffic.Item> items, List<String> sessions, int linked, int calls) {
        long start = items.get(0).time().toEpochMilli();
        List<String> ids =
                sessions.stream().map(session -> session.substring(ID_PREFIX)).toList();
        List<CallTemplate.Message> messages = new ArrayList<>();
        for (Traffic.Item item : items) {
            Notification notification = Objects.requireNonNull(item.notification());
            messages.add(new CallTemplate.Message(
                    sessions.indexOf(notification.telephonySessionId()),
                    item.time().toEpochMilli() - start,
                    CallTemplate.pieces(notification.json(), notification.account(), ids, start)));
        }
        return new CallTemplate(List.copyOf(messages), sessions.size(), linked, calls);
    }

    /** Envelopes of other transports are not for subjects that know webhooks only. */
    public static boolean isWebhook(Notification notification) {
        return notification.json().startsWith(PLAIN) && !notification.json().contains(MOBILE);
    }

    /** What a call really was, as JSON. */
    public static JsonNode json(CallTruth truth) {
        try {
            return JSON.readTree(truth.json());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("The simulation told a call that is no JSON.", e);
        }
    }
}
