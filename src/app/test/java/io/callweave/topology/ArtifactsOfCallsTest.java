package io.callweave.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.CallLimits;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.artifact.ArtifactMix;
import io.callweave.simulation.artifact.LeftArtifact;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.WireJson;
import io.callweave.topology.message.StageOutput;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each recording, message and set of insights of simulated calls is on its call, and none on another. */
class ArtifactsOfCallsTest {

    private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");

    private static final long STEP_MS = 500;

    /** {@code artifacts.settle}, and a second. */
    private static final long MOST_WAIT_MS = 6_000;

    private final Map<String, LeftArtifact> truth = new TreeMap<>();
    private final Map<String, LeftArtifact> shown = new TreeMap<>();
    private final Set<String> back = new HashSet<>();

    /** When something was told of each artifact first, in milliseconds; and when a record first showed it. */
    private final Map<String, Long> told = new HashMap<>();

    private final Map<String, Long> shownAt = new HashMap<>();

    /** Of each session: its last event, and its first record. */
    private final Map<String, Long> lastEvent = new HashMap<>();

    private final Map<String, Long> emitted = new HashMap<>();

    /** Takes an arrival. */
    private interface Arriving {
        void arrive(Duration later, @Nullable Notification notification);
    }

    @Test
    void shouldPutEachArtifactOnItsCall() {
        try (TopologyKit kit = new TopologyKit()) {
            send(7, 30, Duration.ofMinutes(40), (later, notification) -> {
                kit.pass(later);
                if (notification != null) {
                    kit.receive(notification);
                }
            });
            kit.fold().records().values().forEach(this::show);
            kit.pass(Duration.ofHours(21));
            kit.deadLetters().forEach(letter -> back.add(idOf(letter.value().get())));
        }

        assertThatAllIsRight();
    }

    @Test
    @Tag("full")
    void shouldPutEachArtifactOfThousandsOfCallsOnItsCall() {
        RestartedStage stage = new RestartedStage();
        CallsFold fold = new CallsFold();
        long[] now = {0};
        int[] arrived = {0};

        send(8, 150, Duration.ofHours(4), (later, notification) -> {
            for (long left = later.toMillis(); left > 0; left -= STEP_MS) {
                stage.pass(Math.min(left, STEP_MS));
                now[0] += Math.min(left, STEP_MS);
                take(stage.taken(), fold, now[0]);
            }
            if (notification != null) {
                known(notification, now[0]);
                stage.receive(notification.bytes());
            }
            if (++arrived[0] % 1_000 == 0) {
                stage.restart(CallLimits.DEFAULT);
            }
            take(stage.taken(), fold, now[0]);
        });
        fold.records().values().forEach(this::show);
        assertThat(shownAt.keySet()).containsAll(shown.keySet());
        assertThat(shownAt.keySet()).allSatisfy(name -> assertThat(waited(name)).isLessThanOrEqualTo(MOST_WAIT_MS));
        stage.pass(Duration.ofHours(21).toMillis());
        take(stage.taken(), new CallsFold(), now[0]);

        assertThat(fold.records()).hasSizeGreaterThan(10_000);
        assertThatAllIsRight();
    }

    /** When something was told of an artifact, or of its session. */
    private void known(Notification notification, long now) {
        if (notification.sequence() >= 0) {
            lastEvent.put(notification.account() + notification.telephonySessionId(), now);
        } else {
            JsonNode body = WireJson.read(notification.json()).path("body");
            String id = body.path("sourceRecordId").asText(body.path("id").asText());
            String kind = body.has("sourceRecordId") ? "insights" : body.has("readStatus") ? "voicemail" : "recording";
            told.putIfAbsent(notification.account() + " " + kind + " " + id, now);
        }
    }

    /** How long its call did not show it, after all that decides where it belongs was there. */
    private long waited(String name) {
        LeftArtifact left = truth.get(name);
        String session = left.accountId() + left.telephonySessionId();
        long begin = Math.max(
                told.get(name), Math.max(lastEvent.getOrDefault(session, 0L), emitted.getOrDefault(session, 0L)));
        return shownAt.get(name) - begin;
    }

    private void take(List<StageOutput> out, CallsFold fold, long now) {
        for (StageOutput output : out) {
            if (output instanceof StageOutput.CallEmission call) {
                fold.add(call.key(), RestartedStage.json(call));
                JsonNode json = WireJson.read(RestartedStage.json(call));
                json.path("sessions")
                        .forEach(session -> emitted.putIfAbsent(
                                call.accountId()
                                        + session.path("telephonySessionId").asText(),
                                now));
                artifacts(ready(json)).forEach(left -> shownAt.putIfAbsent(name(left), now));
            } else if (output instanceof StageOutput.Unplaced unplaced) {
                back.add(idOf(unplaced.notice().value()));
            }
        }
    }

    private void send(long seed, int seats, Duration span, Arriving to) {
        Traffic traffic = new Traffic(
                new CentreSize(seed, 2, seats, MONDAY, span, true),
                DeliveryFaults.parse("shuffled=5s,duplicated=5%"),
                ArtifactMix.DEFAULT);
        Instant last = MONDAY;
        while (traffic.hasNext()) {
            Traffic.Item item = traffic.next();
            to.arrive(Duration.between(last, item.time()), item.notification());
            last = item.time();
            item.told()
                    .forEach(
                            call -> artifacts(WireJson.read(call.json())).forEach(left -> truth.put(name(left), left)));
        }
        to.arrive(Duration.ofHours(5), null);
    }

    private void assertThatAllIsRight() {
        Map<String, LeftArtifact> wrong = new HashMap<>(shown);
        wrong.entrySet().removeAll(truth.entrySet());
        assertThat(wrong).as("on another call than it should be").isEmpty();
        Set<String> missing = new HashSet<>(truth.keySet());
        missing.removeAll(shown.keySet());
        assertThat(missing)
                .as("two callers with one number, or without, in one mailbox")
                .allMatch(name -> name.contains(" voicemail "))
                .allMatch(name -> back.contains(name.substring(name.lastIndexOf(' ') + 1)));
        assertThat(back).hasSameSizeAs(missing);
        assertThat(missing.size()).isLessThan(Math.max(2, truth.size() / 50));
        assertThat(shown).hasSizeGreaterThan(100);
    }

    /** Those that are ready. */
    private void show(String json) {
        artifacts(ready(WireJson.read(json)))
                .forEach(left -> assertThat(shown.put(name(left), left)).isNull());
    }

    private static JsonNode ready(JsonNode call) {
        ArrayNode ready = ((ObjectNode) call).arrayNode();
        call.path("artifacts").forEach(artifact -> {
            if (artifact.hasNonNull("readyAt")) {
                ready.add(artifact);
            }
        });
        return ((ObjectNode) call).set("artifacts", ready);
    }

    private static List<LeftArtifact> artifacts(JsonNode call) {
        List<LeftArtifact> all = new ArrayList<>();
        for (JsonNode artifact : call.path("artifacts")) {
            all.add(new LeftArtifact(
                    call.path("accountId").asText(),
                    artifact.path("kind").asText(),
                    artifact.path("id").asText(),
                    artifact.path("telephonySessionId").asText(),
                    artifact.path("partyId").asText()));
        }
        return all;
    }

    private static String name(LeftArtifact left) {
        return left.accountId() + " " + left.kind() + " " + left.id();
    }

    private static String idOf(byte[] notification) {
        return WireJson.read(new String(notification, StandardCharsets.UTF_8))
                .at("/body/id")
                .asText();
    }
}
