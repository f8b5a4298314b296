package io.callweave.bench.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.runtime.CloseStack;
import io.callweave.simulation.platform.WireJson;
import io.callweave.simulation.truth.CallTruth;
import io.callweave.testcalls.Truth;
import io.callweave.testcalls.WholeCalls;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.topics.Topics;
import io.callweave.topology.CallsFold;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A bridge and instances of the topology are killed while the Call Log brings calls, and while late notifications replace them. */
@Tag("full")
class KilledBackfillIT {

    private static final String PREFIX = "t.";
    private static final int PARTITIONS = 2;
    private static final int LOST = 3_000;
    private static final int LATE = 300;

    /** The log is so much faster than RingCentral's. */
    private static final int SPEED = 60;

    @TempDir
    private Path folder;

    @Test
    void shouldKeepAllPromisesThroughKills() throws Exception {
        Instant start = Instant.now().minus(Duration.ofMinutes(50));
        WholeCalls seen = WholeCalls.of(1, start, 50);
        WholeCalls lost = WholeCalls.of(2, start.plus(Duration.ofMinutes(1)), LOST);
        WholeCalls late = lost.first(LATE);
        PlatformOptions options = PlatformOptions.of(List.of(seen.account())).withSpeed(SPEED);
        try (CloseStack opened = new CloseStack()) {
            EmbeddedKafka kafka = opened.keep(EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka"))));
            PlatformServer platform = opened.keep(PlatformServer.start(options, Clock.systemUTC()));
            Admin admin = opened.keep(Admin.create(Map.of("bootstrap.servers", kafka.bootstrapServers())));
            Topics.create(admin, PREFIX, PARTITIONS, (short) 1, Topics.Variant.STANDARD);
            RoleProcess bridge = opened.keep(bridge(kafka, platform, seen.account()));
            List<RoleProcess> topologies = List.of(opened.keep(streams(0, kafka)), opened.keep(streams(1, kafka)));
            startAgain(bridge, topologies.get(0));
            topologies.get(1).start();
            awaiting().until(() -> platform.faults().connections() == 1);
            seen.notifications().forEach(platform::publish);
            seen.truths().forEach(platform::ended);
            awaiting()
                    .untilAsserted(() -> assertThat(Truth.ofCalls(seen.truths()).differences(newest(kafka)))
                            .isEmpty());
            int before = records(kafka).size();
            long written = notifications(admin);

            bridge.kill();
            lost.truths().forEach(platform::ended);
            Thread.sleep(Duration.ofMinutes(10).dividedBy(SPEED).toMillis()); // away
            bridge.start();
            awaiting().pollInterval(Duration.ofMillis(20)).until(() -> notifications(admin) > written + LOST / 4);
            startAgain(bridge, topologies.get(0));
            assertThat(notifications(admin))
                    .as("the rest comes")
                    .isLessThan(written + lost.sessions().size());
            awaiting().until(() -> backfilled(kafka).equals(lost.sessions()));
            awaiting().until(() -> platform.faults().connections() == 1);
            late.notifications().subList(0, late.notifications().size() / 2).forEach(platform::publish);
            Thread.sleep(500); // some of them are on their way
            startAgain(bridge, topologies.get(1));
            awaiting().until(() -> platform.faults().connections() == 1);
            late.notifications().forEach(platform::publish);

            Set<String> left = lost.sessions();
            left.removeAll(late.sessions());
            awaiting().until(() -> backfilled(kafka).equals(left));
            awaiting()
                    .untilAsserted(() -> assertThat(
                                    FaultVerdict.of(Seen.of(
                                                    kafka.bootstrapServers(),
                                                    PREFIX,
                                                    List.of(),
                                                    Map.of(),
                                                    Map.of(),
                                                    null))
                                            .stream()
                                            .limit(20))
                            .isEmpty());
            List<String> ordinary = new ArrayList<>(newest(kafka));
            ordinary.removeIf(call -> status(call).equals("backfilled"));
            List<CallTruth> truths = new ArrayList<>(seen.truths());
            truths.addAll(late.truths());
            assertThat(Truth.ofCalls(truths).differences(ordinary)).isEmpty();
            Set<String> untouched = seen.sessions();
            assertThat(records(kafka).stream().filter(call -> untouched.contains(id(call))))
                    .as("records of calls that were seen")
                    .hasSize(before);
        }
    }

    private static ConditionFactory awaiting() {
        return await().atMost(Duration.ofMinutes(5)).pollInterval(Duration.ofSeconds(2));
    }

    private static void startAgain(RoleProcess... roles) throws IOException, InterruptedException {
        for (RoleProcess role : roles) {
            role.kill();
        }
        for (RoleProcess role : roles) {
            role.start();
        }
    }

    private RoleProcess bridge(EmbeddedKafka kafka, PlatformServer platform, String account) throws IOException {
        return role(
                "bridge",
                0,
                kafka,
                "--bridge-accounts=" + account,
                "--bridge-port=0",
                "--bridge-spool-dir=" + folder.resolve("spool"),
                "--backfill-settle=5s",
                "--ringcentral-server=" + platform.address(),
                "--ringcentral-client-id=client-" + account,
                "--ringcentral-client-secret=secret-" + account,
                "--ringcentral-jwt=jwt-" + account,
                "--ringcentral-transport=websocket",
                "--ringcentral-filters=/restapi/v1.0/account/~/telephony/sessions?sipData=true");
    }

    private RoleProcess streams(int number, EmbeddedKafka kafka) throws IOException {
        return role(
                "streams",
                number,
                kafka,
                "--backfill-wait=5s",
                "--set=artifacts.settle=1s",
                "--set=streams.session.timeout.ms=6000",
                "--set=streams.heartbeat.interval.ms=1000");
    }

    private RoleProcess role(String name, int number, EmbeddedKafka kafka, String... more) throws IOException {
        Path place = folder.resolve(name + "-" + number);
        List<String> arguments = new ArrayList<>(List.of(
                name,
                "--bootstrap-servers=" + kafka.bootstrapServers(),
                "--topics-prefix=" + PREFIX,
                "--state-dir=" + place));
        arguments.addAll(List.of(more));
        return new RoleProcess(
                place.getFileName().toString(), folder.resolve(place + ".log"), "-Xmx256m", arguments, Map.of());
    }

    /** How many are on the topic. */
    private static long notifications(Admin admin) throws Exception {
        Map<TopicPartition, OffsetSpec> ends = new HashMap<>();
        for (int partition = 0; partition < PARTITIONS; partition++) {
            ends.put(new TopicPartition(Topic.NOTIFICATIONS.name(PREFIX), partition), OffsetSpec.latest());
        }
        return admin.listOffsets(ends).all().get().values().stream()
                .mapToLong(end -> end.offset())
                .sum();
    }

    /** The sessions of calls that only the log tells of. */
    private static Set<String> backfilled(EmbeddedKafka kafka) {
        Set<String> sessions = new HashSet<>();
        newest(kafka).stream()
                .filter(call -> status(call).equals("backfilled"))
                .forEach(call -> sessions.add(id(call)));
        return sessions;
    }

    private static List<String> newest(EmbeddedKafka kafka) {
        return List.copyOf(CallsFold.of(records(kafka)).records().values());
    }

    private static List<String> records(EmbeddedKafka kafka) {
        List<String> records = new ArrayList<>();
        new TopicReader(kafka.bootstrapServers())
                .readByPartition(Topic.CALLS.name(PREFIX), read -> records.add(new String(read.value(), UTF_8)));
        return records;
    }

    private static String status(String call) {
        return WireJson.read(call).path("status").asText();
    }

    private static String id(String call) {
        return WireJson.read(call).path("callId").asText();
    }
}
