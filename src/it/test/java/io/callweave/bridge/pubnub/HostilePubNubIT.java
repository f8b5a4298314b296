package io.callweave.bridge.pubnub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.callweave.bridge.DurableSink;
import io.callweave.bridge.OneAccount;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.SinkStatus;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.feed.MemoryHolder;
import io.callweave.bridge.feed.MemorySink;
import io.callweave.bridge.transport.Bridge;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.TelephonyFilter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A PubNub whose answers are nearly as long as they may be. */
class HostilePubNubIT {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Patience SHORT = new Patience(Duration.ofMillis(20), Duration.ofMillis(100), -1);
    private static final PubNubTimes TIMES = new PubNubTimes(
            PATIENCE, Duration.ofMinutes(4), Duration.ofMinutes(1), Duration.ofDays(7), Duration.ofMillis(200), SHORT);

    /** One has short answers. There is room for at most eight or nine of those of the others. */
    private static final List<String> ACCOUNTS =
            IntStream.range(0, 12).mapToObj(i -> "" + (400_001_001 + i)).toList();

    private static final int MESSAGES = 10;
    private static final int LENGTH =
            (int) Math.min(400_000, Runtime.getRuntime().maxMemory() / 64 / MESSAGES - 100);
    private static final int MANY = 100;

    @TempDir
    private Path folder;

    private final AtomicReference<@Nullable String> first = new AtomicReference<>();
    private final CountDownLatch asked = new CountDownLatch(ACCOUNTS.size() - 1);
    private final CountDownLatch over = new CountDownLatch(1);
    private final Offers sink = new Offers();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private PlatformServer ringCentral;
    private HttpServer pubNub;
    private Bridge bridge;

    @BeforeEach
    void start() throws IOException {
        ringCentral = PlatformServer.start(PlatformOptions.of(ACCOUNTS).withoutRateLimits(), Clock.systemUTC());
        pubNub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        pubNub.setExecutor(threads);
        pubNub.start();
    }

    @AfterEach
    void stop() {
        bridge.close();
        over.countDown();
        pubNub.stop(0);
        threads.shutdownNow();
        ringCentral.close();
    }

    @Test
    void shouldReadNoMoreLongAnswersUntilThoseBeforeAreSafe() throws IOException {
        sink.kept.room(false);
        pubNub.createContext("/", this::answer);

        connect();
        await().atMost(PATIENCE).until(() -> sink.shortOnes.size() >= MANY); // these do not wait

        assertThat(sink.accountsOfLong).isNotEmpty().hasSizeLessThan(ACCOUNTS.size() - 1);
        sink.kept.room(true);
        await().atMost(PATIENCE)
                .until(() -> sink.kept.of("dead-letters").size() >= MANY + (ACCOUNTS.size() - 1) * MESSAGES);
        assertThat(sink.accountsOfLong).hasSize(ACCOUNTS.size() - 1);
    }

    /** The first channel has many short answers after the others were asked for their only one, a long one. */
    private void answer(HttpExchange exchange) throws IOException {
        String channel = exchange.getRequestURI().getPath();
        int after = Integer.parseInt(exchange.getRequestURI().getQuery().replaceAll(".*&tt=(\\d+).*", "$1"));
        first.compareAndSet(null, channel);
        boolean isShort = channel.equals(first.get());
        try (exchange) {
            if (after == 0) {
                send(exchange, 1, Stream.empty());
            } else if (isShort && after <= MANY) {
                asked.await();
                send(exchange, after + 1, Stream.of("short-" + after));
            } else if (!isShort && after == 1) {
                asked.countDown();
                send(exchange, 2, Stream.generate(() -> "x".repeat(LENGTH)).limit(MESSAGES));
            } else {
                over.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int next, Stream<String> messages) throws IOException {
        String all = messages.map(each -> "{\"d\":\"" + each + "\"}").collect(Collectors.joining(","));
        byte[] body = ("{\"t\":{\"t\":\"" + next + "\",\"r\":1},\"m\":[" + all + "]}").getBytes(UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        exchange.getResponseBody().write(body);
    }

    private void connect() throws IOException {
        Path accounts = Files.writeString(
                folder.resolve("accounts.properties"),
                ACCOUNTS.stream()
                        .map(id -> String.format(
                                "account.%1$s.jwt=jwt-%1$s%naccount.%1$s.client-id=client-%1$s%n"
                                        + "account.%1$s.client-secret=secret-%1$s%naccount.%1$s.transport=pubnub%n",
                                id))
                        .collect(Collectors.joining()));
        bridge = Bridge.open(
                OneAccount.bridge(
                        OneAccount.accounts(
                                accounts,
                                ACCOUNTS.get(0),
                                TelephonyFilter.OF_ACCOUNT,
                                Connection.Way.PUBNUB,
                                false,
                                Set.of()),
                        folder,
                        Duration.ofMillis(100)),
                sink,
                new SimpleMeterRegistry());
        Server server = new Server(URI.create(ringCentral.address()), new Patience(SHORT.first(), SHORT.longest(), 1));
        URI address = URI.create("http://127.0.0.1:" + pubNub.getAddress().getPort());
        bridge.start(services -> PubNubTransport.start(services, new MemoryHolder(), server, address, TIMES));
    }

    /** Knows what was to be kept, whether there was room or not. */
    private static final class Offers implements DurableSink {

        private final MemorySink kept = new MemorySink();
        private final Set<String> shortOnes = ConcurrentHashMap.newKeySet();
        private final Set<String> accountsOfLong = ConcurrentHashMap.newKeySet();

        @Override
        public CompletableFuture<Kept> keep(RawRecord record) {
            if (record.value().length < LENGTH) {
                shortOnes.add(new String(record.value(), UTF_8));
            } else {
                record.headers().stream()
                        .filter(header -> header.key().equals("source"))
                        .forEach(header -> accountsOfLong.add(new String(header.value(), UTF_8)));
            }
            return kept.keep(record);
        }

        @Override
        public SinkStatus status() {
            return kept.status();
        }

        @Override
        public void close() {}
    }
}
