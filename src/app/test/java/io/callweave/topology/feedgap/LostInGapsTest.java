package io.callweave.topology.feedgap;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.truth.CallTruth;
import io.callweave.testcalls.Truth;
import io.callweave.topics.Headers;
import io.callweave.topology.TopologyKit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Notifications that are delivered in a gap are lost, and the gap becomes known later: is each wrong record marked? */
class LostInGapsTest {

    private static final Instant FROM = TopologyKit.RECEIVED;
    private static final Duration SPAN = Duration.ofMinutes(3);
    private static final Duration LATEST = Duration.ofSeconds(8);
    private static final Duration MARGIN = Duration.ofMillis(KnownGaps.MARGIN_MS);
    private static final Duration KNOWN_AFTER = Duration.ofSeconds(20);

    private record Delivered(Instant time, Notification notification) {}

    private final List<CallTruth> truths = new ArrayList<>();
    private final Map<String, TopologyKit.Emission> last = new LinkedHashMap<>();

    @ParameterizedTest
    @ValueSource(longs = {1})
    void shouldMarkEachRecordThatIsWrong(long seed) {
        Random random = new Random(seed);
        List<Delivered> deliveries = deliveries(seed, random);
        Instant begin = FROM.plusMillis(random.nextLong(SPAN.toMillis()));
        Instant end = begin.plusMillis(random.nextLong(Duration.ofSeconds(90).toMillis()));

        try (TopologyKit kit = TopologyKit.ticking(Duration.ofSeconds(1))) {
            boolean known = false;
            for (Delivered each : deliveries) {
                if (!known && each.time().isAfter(end.plus(KNOWN_AFTER))) {
                    known = true;
                    kit.feedGap(each.notification().account(), begin, end);
                }
                kit.pass(Duration.between(kit.now(), each.time()));
                if (each.time().isBefore(begin) || each.time().isAfter(end)) {
                    kit.receive(each.notification());
                }
                remember(kit);
            }
            kit.passUntilNothingWaits();
            remember(kit);
        }

        Set<String> wrong = wrong();
        List<String> notMarked = wrong.stream()
                .filter(last::containsKey)
                .filter(key -> !isMarked(last.get(key)))
                .toList();
        assertThat(notMarked).isEmpty();
        assertThat(last.keySet().stream().filter(wrong::contains)).isNotEmpty();
        assertThat(last.values().stream().filter(each -> !mayOverlap(each, begin, end)))
                .isNotEmpty()
                .noneMatch(each -> each.headers().containsKey(Headers.FEED_GAP));
    }

    private List<Delivered> deliveries(long seed, Random random) {
        Traffic traffic = new Traffic(new CentreSize(seed, 1, 150, FROM, SPAN, true), DeliveryFaults.NONE);
        List<Delivered> deliveries = new ArrayList<>();
        while (traffic.hasNext()) {
            Traffic.Item item = traffic.next();
            if (item.notification() != null) {
                deliveries.add(
                        new Delivered(item.time().plusMillis(random.nextLong(LATEST.toMillis())), item.notification()));
            }
            truths.addAll(item.told());
        }
        deliveries.sort((one, other) -> one.time().compareTo(other.time()));
        return deliveries;
    }

    private void remember(TopologyKit kit) {
        for (TopologyKit.Emission each : kit.emitted()) {
            if (each.status().equals("superseded")) {
                last.remove(each.key());
            } else {
                last.put(each.key(), each);
            }
        }
    }

    /** The keys of calls that differ from the truth. */
    private Set<String> wrong() {
        Set<String> wrong = new HashSet<>();
        Truth.ofCalls(truths)
                .differences(
                        last.values().stream().map(TopologyKit.Emission::json).toList())
                .forEach(sentence -> wrong.add(sentence.split(" ", 3)[1].replaceAll(":$", "")));
        return wrong;
    }

    /** Only what was on its way for longer than a minute cannot. A supervisor may listen for hours. */
    private static boolean mayOverlap(TopologyKit.Emission emission, Instant begin, Instant end) {
        JsonNode record = emission.tree();
        return emission.status().equals("partial")
                || record.path("action").asText().equals("Monitoring")
                || !(Instant.parse(record.path("startTime").asText()).isAfter(end.plus(MARGIN))
                        || Instant.parse(record.path("endTime").asText()).isBefore(begin.minus(MARGIN)));
    }

    private static boolean isMarked(TopologyKit.Emission emission) {
        return emission.status().equals("partial") || emission.headers().containsKey(Headers.FEED_GAP);
    }
}
