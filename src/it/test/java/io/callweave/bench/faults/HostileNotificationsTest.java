package io.callweave.bench.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bench.faults.Evidence.Keyed;
import io.callweave.bench.faults.Evidence.Letter;
import io.callweave.bench.faults.Evidence.Sent;
import io.callweave.bench.faults.Evidence.Version;
import io.callweave.notification.NotificationKeyer;
import io.callweave.notification.RoutingResult;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.artifact.ArtifactMix;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.topology.TopologyKit;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Whatever comes, the topology goes on, the calls are those of the core, and each byte is kept.
 * {@code -Dcallweave.test.hostile-notifications=1000000} sends a million, {@code -Dcallweave.test.hostile-seed=100} from another
 * seed on.
 */
class HostileNotificationsTest {

    private static final int INPUTS = Integer.getInteger("callweave.test.hostile-notifications", 1_000);
    private static final int FIRST_SEED = Integer.getInteger("callweave.test.hostile-seed", 0);
    private static final int AT_ONCE = 500;

    /** Those that have found something. */
    private static final int[] KNOWN_SEEDS = {863, 1_001};

    @Test
    @Timeout(value = 3, unit = TimeUnit.HOURS)
    void shouldKeepAllPromisesAmongNotificationsThatNobodyWouldSend() {
        List<byte[]> good = good();
        IntStream seeds = IntStream.range(FIRST_SEED, FIRST_SEED + INPUTS / AT_ONCE);

        IntStream.concat(IntStream.of(KNOWN_SEEDS), seeds)
                .forEach(seed -> assertThat(
                                FaultVerdict.of(seen(seed, good)).stream().limit(20))
                        .as("seed " + seed)
                        .isEmpty());
    }

    /** Real ones, and those of some calls with what comes after them. */
    private static List<byte[]> good() {
        List<byte[]> good = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("src", "samples", "real"))) {
            for (Path file : files.sorted().toList()) {
                Files.readAllLines(file).forEach(line -> good.add(line.getBytes(UTF_8)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        CentreSize size = new CentreSize(7, 2, 20, Instant.parse("2026-03-02T09:00:00Z"), Duration.ofMinutes(10), true);
        Traffic traffic = new Traffic(size, DeliveryFaults.NONE, ArtifactMix.DEFAULT);
        traffic.forEachRemaining(item -> {
            if (item.notification() != null) {
                good.add(item.notification().bytes());
            }
        });
        return good;
    }

    private static Evidence seen(int seed, List<byte[]> good) {
        Random random = new Random(seed);
        HostileNotifications hostile = new HostileNotifications(seed);
        NotificationKeyer keyer = new NotificationKeyer();
        List<byte[]> answered = new ArrayList<>();
        List<Sent> sent = new ArrayList<>();
        try (TopologyKit kit = new TopologyKit().unknownWords()) {
            for (int i = 0; i < AT_ONCE; i++) {
                byte[] each = good.get((seed * AT_ONCE + i) % good.size());
                each = random.nextBoolean() ? each : hostile.of(each);
                RoutingResult routing = keyer.key(each);
                String account = routing.account() == null ? "809646016" : routing.account();
                if (routing instanceof RoutingResult.Keyed keyed) {
                    send(kit, keyed.telephonySessionId(), each, account);
                } else if (routing instanceof RoutingResult.OfFact fact) {
                    send(kit, fact.telephonySessionId() == null ? account : fact.telephonySessionId(), each, account);
                } else {
                    continue;
                }
                answered.add(each);
                sent.add(new Sent(each, account));
            }
            kit.pass(Duration.ofMinutes(1)).passUntilNothingWaits().pass(Duration.ofMinutes(1));
            return seen(kit, answered, sent);
        }
    }

    /** As a bridge does. */
    private static void send(TopologyKit kit, String key, byte[] value, String account) {
        kit.receive(
                key.getBytes(UTF_8),
                value,
                Map.of("transport", "webhook", "receivedAt", "2026-03-02T12:00:00.000Z", "account", account));
    }

    private static Evidence seen(TopologyKit kit, List<byte[]> answered, List<Sent> sent) {
        List<Keyed> calls = new ArrayList<>();
        Map<String, Version> console = new TreeMap<>();
        kit.emitted().forEach(each -> {
            calls.add(new Keyed(each.key(), each.json().getBytes(UTF_8)));
            console.put(each.key(), new Version(each.tree().path("epoch").asLong(), each.revision()));
            if (each.status().equals("superseded")) {
                console.remove(each.key());
            }
        });
        List<byte[]> events = kit.partyEvents().stream()
                .map(each -> String.valueOf(each.json()).getBytes(UTF_8))
                .toList();
        List<Letter> letters = kit.deadLetters().stream()
                .map(each ->
                        new Letter(each.headers().get("reason"), each.value().get()))
                .toList();
        return new Evidence(
                answered,
                sent,
                calls,
                newest(kit.partyRows()),
                newest(kit.windowMetrics()),
                newest(kit.liveCalls()),
                events,
                letters,
                Map.of(),
                Map.of(),
                console);
    }

    private static Map<String, byte[]> newest(List<TopologyKit.Sent> all) {
        Map<String, byte[]> newest = new TreeMap<>();
        for (TopologyKit.Sent each : all) {
            if (each.json() == null) {
                newest.remove(each.key());
            } else {
                newest.put(each.key(), each.json().getBytes(UTF_8));
            }
        }
        return newest;
    }
}
