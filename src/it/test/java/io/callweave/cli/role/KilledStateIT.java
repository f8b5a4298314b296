package io.callweave.cli.role;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.cli.RoleProcess;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.topics.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that was killed goes on with what is on its disk, if Kafka can still tell all that was deleted since. */
@Tag("full")
class KilledStateIT {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final Pattern RESTORED =
            Pattern.compile("\\{\"records\":\"?(\\d+)[^\n]*The state is restored from Kafka");
    private static final String TOO_OLD = "A local state store was not used for long.";

    private static final String TOMBSTONE = "";

    /** Calls that have not ended are waited for longer than this test takes. */
    private static final Map<String, String> PATIENT =
            Map.of("completion.open-party-wait", "30m", "completion.max-idle", "30m");

    private static final int DELETE_RETENTION_MS = 3_000;

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka"))
                .withOverrides(Map.of("log.cleaner.backoff.ms", "100", "log.cleaner.threads", "2")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldReadLittleOfTheChangelogsAfterAKill() throws Exception {
        List<PhoneCall> calls = calls(400);
        try (Installation installation = Installation.create(kafka, directory, "killed", PATIENT)) {
            accept(installation, calls, 0);
            RoleProcess first = installation.startProcessAndAwait("only");
            await().until(() -> installation.lag() == 0);
            first.kill();
            accept(installation, calls, 1);

            try (RoleProcess second = installation.startProcessAndAwait("only")) {
                assertThat(restored(second))
                        .isLessThanOrEqualTo(changelog("killed").size() / 100);
                accept(installation, calls, 2);
                installation.awaitAssembled();
            }
        }
    }

    /** Nobody writes to a quiet partition, so nothing shows that its state on disk is complete. */
    @Test
    void shouldRestoreAllOfAQuietPartitionWhenDeletionsMayBeGone() throws Exception {
        List<PhoneCall> calls = calls(40);
        try (Installation installation = Installation.create(kafka, directory, "quiet", forgetful())) {
            accept(installation, calls, 0);
            RoleProcess first = installation.startProcessAndAwait("only");
            await().until(() -> installation.lag() == 0);
            Thread.sleep(2 * DELETE_RETENTION_MS);
            first.kill();
            accept(installation, calls, 1);

            try (RoleProcess second = installation.startProcessAndAwait("only")) {
                assertThat(second.logLines()).anyMatch(line -> line.contains(TOO_OLD));
                accept(installation, calls, 2);
                installation.awaitAssembled();
            }
        }
    }

    /** On the disk of the first, calls go on that the second has emitted and deleted. */
    @Test
    void shouldNotBringBackCallsThatEndedElsewhere() throws Exception {
        List<PhoneCall> calls = calls(40);
        try (Installation installation = Installation.create(kafka, directory, "elsewhere", forgetful())) {
            accept(installation, calls, 0);
            accept(installation, calls, 1);
            RoleProcess first = installation.startProcessAndAwait("first");
            await().until(() -> installation.lag() == 0);
            first.kill();
            try (RoleProcess second = installation.startProcessAndAwait("second")) {
                accept(installation, calls, 2);
                installation.awaitAssembled();
                awaitDeletionsAreGone("elsewhere");
                second.terminate();
            }
            int emitted = installation.emissions().size();

            try (RoleProcess again = installation.startProcessAndAwait("first")) {
                assertThat(again.logLines()).anyMatch(line -> line.contains(TOO_OLD));
                accept(installation, more(40), 0);
                accept(installation, more(40), 1);
                accept(installation, more(40), 2);
                installation.awaitAssembled();
            }
            assertThat(installation.emissions()).hasSize(emitted + 40);
        }
    }

    /** Changelogs that Kafka compacts within seconds. */
    private static Map<String, String> forgetful() {
        Map<String, String> settings = new HashMap<>(PATIENT);
        settings.put("streams.topic.delete.retention.ms", Integer.toString(DELETE_RETENTION_MS));
        settings.put("streams.topic.segment.ms", "500");
        settings.put("streams.topic.min.cleanable.dirty.ratio", "0.001");
        settings.put("streams.topic.max.compaction.lag.ms", "500");
        return settings;
    }

    /** The last segment is not compacted, so it may hold some. */
    private static void awaitDeletionsAreGone(String name) {
        await().atMost(Installation.PATIENCE)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> Collections.frequency(changelog(name), TOMBSTONE) <= Installation.PARTITIONS);
    }

    /** The keys of what a changelog holds, and {@link #TOMBSTONE} for each deletion. */
    private static List<String> changelog(String name) {
        List<String> entries = new ArrayList<>();
        new TopicReader(kafka.bootstrapServers())
                .readMerged(
                        name + "-calls-changelog",
                        read -> entries.add(read.value() == null ? TOMBSTONE : new String(read.key(), UTF_8)));
        return entries;
    }

    private static long restored(RoleProcess process) throws IOException {
        return RESTORED.matcher(process.said())
                .results()
                .mapToLong(found -> Long.parseLong(found.group(1)))
                .sum();
    }

    private static List<PhoneCall> calls(int count) {
        return IntStream.range(0, count).mapToObj(KilledStateIT::parked).toList();
    }

    private static List<PhoneCall> more(int count) {
        return IntStream.range(1_000, 1_000 + count)
                .mapToObj(KilledStateIT::parked)
                .toList();
    }

    private static void accept(Installation installation, List<PhoneCall> calls, int third) {
        for (PhoneCall call : calls) {
            int lines = call.lines().size();
            installation.accept(call.lines().subList(lines * third / 3, lines * (third + 1) / 3));
        }
    }

    private static PhoneCall parked(int number) {
        SimulatedAccount account = new SimulatedAccount(Integer.toString(809_646_016 + number % 9), "+15550100006");
        return call().in(account)
                .seeded(number)
                .startingAt(START.plusSeconds(number))
                .inbound("+15550100002")
                .answeredBy("104")
                .parkedAt("*801")
                .fetchedFromParkBy("105")
                .hangUp();
    }
}
