package io.callweave.topology;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.artifact.ArtifactMix;
import io.callweave.simulation.artifact.LeftArtifact;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.WireJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each recording, message and set of insights of simulated calls is on its call, and none on another. */
class ArtifactsOfCallsTest {

    private static final Instant MONDAY = Instant.parse("2026-03-02T09:00:00Z");

    @Test
    void shouldPutEachArtifactOnItsCall() {
        check(7, 30, Duration.ofMinutes(40));
    }

    @Test
    @Tag("full")
    void shouldPutEachArtifactOfThousandsOfCallsOnItsCall() {
        check(8, 120, Duration.ofHours(4));
    }

    private static void check(long seed, int seats, Duration span) {
        Traffic traffic = new Traffic(
                new CentreSize(seed, 2, seats, MONDAY, span, true),
                DeliveryFaults.parse("shuffled=5s,duplicated=5%"),
                ArtifactMix.DEFAULT);
        Map<String, LeftArtifact> truth = new TreeMap<>();
        Set<String> back = new HashSet<>();
        Map<String, LeftArtifact> shown = new TreeMap<>();
        long calls = 0;

        try (TopologyKit kit = new TopologyKit()) {
            Instant last = MONDAY;
            while (traffic.hasNext()) {
                Traffic.Item item = traffic.next();
                kit.pass(Duration.between(last, item.time()));
                last = item.time();
                Notification notification = item.notification();
                if (notification != null) {
                    kit.receive(notification);
                }
                if (item.left() != null) {
                    truth.put(name(item.left()), item.left());
                }
            }
            kit.pass(Duration.ofHours(5));
            for (String json : kit.fold().records().values()) {
                calls++;
                add(WireJson.read(json), shown);
            }
            kit.pass(Duration.ofHours(21));
            kit.deadLetters()
                    .forEach(letter -> back.add(
                            idOf(new String(letter.value().get(), StandardCharsets.UTF_8))));
        }

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
        System.out.printf("%d calls, %d artifacts, %d on no call%n", calls, truth.size(), missing.size());
    }

    /** Those that are ready. */
    private static void add(JsonNode call, Map<String, LeftArtifact> shown) {
        for (JsonNode artifact : call.path("artifacts")) {
            LeftArtifact left = new LeftArtifact(
                    call.path("accountId").asText(),
                    artifact.path("kind").asText(),
                    artifact.path("id").asText(),
                    artifact.path("telephonySessionId").asText(),
                    artifact.path("partyId").asText());
            if (artifact.hasNonNull("readyAt")) {
                assertThat(shown.put(name(left), left)).isNull();
            }
        }
    }

    private static String name(LeftArtifact left) {
        return left.accountId() + " " + left.kind() + " " + left.id();
    }

    private static String idOf(String notification) {
        return WireJson.read(notification).at("/body/id").asText();
    }
}
