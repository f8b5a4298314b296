package io.callweave.bridge.backfill;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.callweave.bridge.OneAccount;
import io.callweave.bridge.account.AccountDefaults;
import io.callweave.bridge.account.AccountsSource;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.account.ConnectionDefaults;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.feed.MemoryHolder;
import io.callweave.bridge.feed.MemorySink;
import io.callweave.bridge.transport.Bridge;
import io.callweave.feedgap.FeedGap;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.TelephonyFilter;
import io.callweave.topics.TopicReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The bridge brings the calls of the gaps of several accounts. */
class BackfillCareIT {

    private static final Set<String> ACCOUNTS = Set.of("1", "2");

    @TempDir
    private Path folder;

    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private HttpServer ringCentral;

    /** Its log has ever more pages, and it wants a pause before each. */
    @BeforeEach
    void start() throws IOException {
        ringCentral = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ringCentral.createContext(
                "/restapi/oauth/token", exchange -> answer(exchange, "{\"access_token\":\"a\",\"expires_in\":3600}"));
        ringCentral.createContext("/restapi/v1.0/account", exchange -> {
            asked.add(exchange.getRequestURI().getPath().split("/", -1)[4]);
            exchange.getResponseHeaders().set("X-Rate-Limit-Limit", "10");
            exchange.getResponseHeaders().set("X-Rate-Limit-Remaining", "0");
            exchange.getResponseHeaders().set("X-Rate-Limit-Window", "3600");
            answer(
                    exchange,
                    "{\"records\":[],\"syncInfo\":{\"syncToken\":\"" + exchange.hashCode()
                            + "\",\"newerRecordsExist\":true}}");
        });
        ringCentral.start();
    }

    @AfterEach
    void stop() {
        ringCentral.stop(0);
    }

    @Test
    void shouldReadTheLogOfAnAccountWhileAnotherOneWaits() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")));
                Bridge bridge = bridge()) {
            Brokers.createTopic(kafka, "a.calls", 1, Map.of());
            Brokers.createTopic(kafka, "a.feed-gaps", 1, Map.of());
            long now = System.currentTimeMillis();
            try (Producer<String, byte[]> producer = Brokers.producer(kafka)) {
                for (String account : ACCOUNTS) {
                    FeedGap gap =
                            new FeedGap(account, "webhook", now - 20_000, now - 10_000, FeedGap.Reason.BLACKLISTED);
                    producer.send(new ProducerRecord<>("a.feed-gaps", FeedGapJson.key(gap), FeedGapJson.write(gap)))
                            .get();
                }
            }

            bridge.start(services -> BackfillCare.start(
                    services,
                    new MemoryHolder(),
                    new Server(
                            URI.create("http://127.0.0.1:"
                                    + ringCentral.getAddress().getPort()),
                            Patience.NONE),
                    new TopicReader(kafka.bootstrapServers()),
                    "a.",
                    new BackfillTimes(Duration.ofDays(1), Duration.ofDays(7), Duration.ofMillis(500))));

            await().until(() -> asked.equals(ACCOUNTS));
        }
    }

    private Bridge bridge() {
        return Bridge.open(
                OneAccount.bridge(
                        new AccountsSource(
                                null,
                                String.join(",", ACCOUNTS),
                                "",
                                new AccountDefaults(
                                        Privacy.NONE,
                                        100,
                                        false,
                                        new ConnectionDefaults(
                                                "client",
                                                "secret",
                                                Map.of("1", "jwt-1", "2", "jwt-2"),
                                                List.of(TelephonyFilter.OF_ACCOUNT),
                                                Connection.Way.WEBSOCKET,
                                                false,
                                                Set.of()))),
                        folder,
                        Duration.ofHours(1)),
                new MemorySink(),
                new SimpleMeterRegistry());
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        byte[] body = json.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
