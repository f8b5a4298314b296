package io.callweave.cli.console.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.cli.role.Installation;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many who listen to a console with little memory while much changes, and one who does not read. For more of them and longer:
 * {@code -Dcallweave.test.load-clients=200 -Dcallweave.test.load-seconds=3600
 * -Djunit.jupiter.execution.timeout.mode=disabled}.
 */
@Tag("full")
class ConsoleLoadIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CLIENTS = Integer.getInteger("callweave.test.load-clients", 10);
    private static final int CLOSE_LISTENERS = 3;
    private static final int PER_SECOND = 1_000;

    /** In less, the one who does not read would not fall so far behind that it is dropped. */
    private static final int SECONDS = Math.max(20, Integer.getInteger("callweave.test.load-seconds", 20));

    private static final int LIVE_CALLS = 2_000;

    /** Of this many updates, one is a call that is over. */
    private static final int LIVE_PER_CALL = 10;

    /** On a machine that cannot keep up, nobody who reads may be taken for slow: the console keeps 10,000 updates. */
    private static final int MOST_AHEAD = 4_000;

    private static final String ACCOUNT = "37439510";

    @TempDir
    private Path directory;

    @Test
    void shouldTellAllWhoListenEveryChangeAndDropOnlyTheOneWhoDoesNotRead() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
                Installation topics = Installation.create(kafka, directory, "load", Map.of());
                ConsoleProcess console = ConsoleProcess.start(directory, kafka.bootstrapServers(), "load.");
                Producer<String, byte[]> producer = producer(kafka)) {
            assertThat(topics).isNotNull();
            console.awaitReady();
            try (EventClients clients = EventClients.connect(console.address(), CLIENTS, CLOSE_LISTENERS);
                    SocketChannel slow = EventClients.ask(console.address())) {
                await().until(() -> clients.heard().stream().allMatch(HeardEvents::isConnected));
                memory("before", console);
                Duration before = console.cpu();
                long began = System.nanoTime();
                int sent = send(producer, clients, console);
                awaitHeard(sent, clients, console);
                figures(console, clients, sent, began, before);
                memory("after", console);

                assertThat(clients.heard()).allSatisfy(each -> {
                    assertThat(each.isEnded()).isFalse();
                    assertThat(each.sum()).isEqualTo(clients.heard().get(0).sum());
                });
                HeardEvents closely = clients.heard().get(0);
                assertThat(closely.events()).isEqualTo(sent);
                assertThat(closely.isDisordered()).isFalse();
                assertThat(closely.calls())
                        .isEqualTo(LIVE_CALLS * (LIVE_PER_CALL - 1) / LIVE_PER_CALL + sent / LIVE_PER_CALL);
                assertThat(bytesUntilTheEnd(slow)).isLessThan(closely.bytes());
                assertThat(console.isAlive()).isTrue();
                assertThat(JSON.readTree(console.get("/v1/live").orElseThrow()).path("calls"))
                        .hasSize(LIVE_CALLS * (LIVE_PER_CALL - 1) / LIVE_PER_CALL);
            }
        }
    }

    private static Producer<String, byte[]> producer(EmbeddedKafka kafka) {
        return new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        kafka.bootstrapServers(),
                        ProducerConfig.LINGER_MS_CONFIG,
                        "5"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** At the same speed all the time, if those who read can keep up; returns how many. */
    private static int send(Producer<String, byte[]> producer, EventClients clients, ConsoleProcess console)
            throws IOException {
        ObjectNode live = live();
        ObjectNode call =
                (ObjectNode) JSON.readTree(Path.of("docs/examples/call.json").toFile());
        int all = PER_SECOND * SECONDS;
        long began = System.nanoTime();
        for (int i = 0; i < all; i++) {
            long due = began + TimeUnit.SECONDS.toNanos(1) * i / PER_SECOND;
            for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
                LockSupport.parkNanos(due - now);
            }
            if (i % LIVE_PER_CALL == 0) {
                awaitHeard(i - MOST_AHEAD, clients, console);
            }
            boolean over = i % LIVE_PER_CALL == 0;
            ObjectNode value = over ? call : live;
            String id = over ? "over-" + i : "live-" + i % LIVE_CALLS;
            value.put("accountId", ACCOUNT).put("callId", id);
            // The page shows it; here it says when the update was sent, and which it is.
            value.put("result", System.currentTimeMillis() + "/" + i);
            Topic topic = over ? Topic.CALLS : Topic.LIVE_CALLS;
            var unused = producer.send(new ProducerRecord<>(
                    topic.name("load."), ACCOUNT + "/" + id, value.toString().getBytes(StandardCharsets.UTF_8)));
        }
        return all;
    }

    private static void awaitHeard(int events, EventClients clients, ConsoleProcess console) {
        long began = System.nanoTime();
        while (clients.fewestEvents() < events) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
            assertThat(clients.failure()).as(console::said).isNull();
            assertThat(clients.heard()).as(console::said).noneMatch(HeardEvents::isEnded);
            assertThat(System.nanoTime() - began).as(console::said).isLessThan(Installation.PATIENCE.toNanos());
        }
    }

    private static ObjectNode live() throws IOException {
        ObjectNode live =
                (ObjectNode) JSON.readTree("{\"direction\":\"Inbound\",\"internal\":false,\"status\":\"live\","
                        + "\"state\":\"talking\",\"startTime\":\"2026-03-02T09:00:00.000Z\",\"since\":\"2026-03-02T09:00:09.000Z\","
                        + "\"from\":{\"phoneNumber\":\"+15550100002\"},\"to\":{\"phoneNumber\":\"+15550100006\",\"name\":\"Support\"},"
                        + "\"sessions\":[\"s-1\"]}");
        var parties = live.putArray("parties");
        for (int i = 1; i <= 3; i++) {
            parties.addObject()
                    .put("telephonySessionId", "s-1")
                    .put("partyId", "p-" + i)
                    .put("role", "participant")
                    .put("direction", i == 1 ? "Inbound" : "Outbound")
                    .put("phoneNumber", "+1555010000" + i)
                    .put("name", "Somebody " + i)
                    .put("status", "Answered")
                    .put("since", "2026-03-02T09:00:09.000Z");
        }
        return live;
    }

    private static long bytesUntilTheEnd(SocketChannel channel) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        long bytes = 0;
        try {
            for (int read = channel.read(buffer); read >= 0; read = channel.read(buffer.clear())) {
                bytes += read;
            }
        } catch (IOException reset) {
            // The other way of being disconnected.
        }
        return bytes;
    }

    private static void figures(ConsoleProcess console, EventClients clients, int sent, long began, Duration before)
            throws IOException {
        double seconds = (System.nanoTime() - began) / 1e9;
        HeardEvents closely = clients.heard().get(0);
        System.out.printf(
                "%d clients, %.0f updates/s for %.1f s, %.0f events/s; lateness p50 %d ms, p99 %d ms, most %d ms;"
                        + " CPU %.1f s; %d ended%n",
                CLIENTS,
                sent / seconds,
                seconds,
                sent * CLIENTS / seconds,
                closely.late(0.5),
                closely.late(0.99),
                closely.late(1),
                console.cpu().minus(before).toMillis() / 1e3,
                clients.heard().stream().filter(HeardEvents::isEnded).count());
    }

    private static void memory(String when, ConsoleProcess console) throws IOException, InterruptedException {
        long heap = console.liveHeap();
        Map<String, String> status = console.status();
        System.out.printf(
                "%s: live heap %.1f MB, VmRSS %s, VmHWM %s, threads %s%n",
                when, heap / 1e6, status.get("VmRSS"), status.get("VmHWM"), status.get("Threads"));
    }
}
