package io.callweave.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.TestJson;
import io.callweave.access.AccessTokens;
import io.callweave.access.AccountScope;
import io.callweave.console.feed.Kept;
import io.callweave.console.feed.TestKept;
import io.callweave.console.feed.TopicInMemory;
import io.callweave.console.store.NotificationPlace;
import io.callweave.console.store.StoredCall;
import io.callweave.metrics.ServiceGoals;
import io.callweave.record.RecordedCall;
import io.callweave.topology.calls.CallOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How much of a call the console reads, and of how many calls at the same time. */
class CallEvidenceTest {

    private static final String PARTIES = IntStream.range(0, 200)
            .mapToObj(i -> "{\"id\":\"p-" + i + "\",\"status\":{\"code\":\"Hold\"}}")
            .collect(Collectors.joining(","));
    private static final String PARTY = "{\"id\":\"p-1\",\"status\":{\"code\":\"Hold\"}}";

    @TempDir
    private Path folder;

    private final TopicInMemory topic = new TopicInMemory();
    private final CountDownLatch end = new CountDownLatch(1);
    private final AtomicInteger readings = new AtomicInteger();
    private volatile int held = Integer.MAX_VALUE;
    private Kept kept;
    private ConsoleApi api;
    private CallEvidence evidence;

    @BeforeEach
    void open() {
        kept = TestKept.in(folder);
        ConsoleOptions options = new ConsoleOptions(
                "127.0.0.1",
                0,
                AccessTokens.of(new AccessTokens.Names("tokens", "file"), "", Optional.empty()),
                false,
                false,
                new AccountZones(ZoneOffset.UTC, Map.of()),
                ServiceGoals.NONE,
                CallOptions.DEFAULT,
                List.of());
        api = new ConsoleApi(new ServerConfig(
                options,
                "1",
                kept,
                new ServerConfig.State(() -> true, OptionalLong::empty, Map::of, Map::of, Map::of),
                topic.read(this::hold),
                InstantSource.system()));
        evidence = api.evidence();
    }

    @AfterEach
    void close() {
        end.countDown();
        kept.calls().close();
    }

    @Test
    void shouldEndAtSoManyPartyEvents() throws Exception {
        put("1", 101, PARTIES);

        JsonNode notifications = notifications("1");
        JsonNode why =
                TestJson.tree(new String(evidence.why(scope("1"), "1", "s-of-1", () -> false), StandardCharsets.UTF_8));

        assertThat(notifications.path("notifications")).hasSize(100);
        assertThat(List.of(notifications, why)).allSatisfy(answer -> {
            assertThat(answer.path("complete").asBoolean(true)).isFalse();
            assertThat(answer.path("reason").asText()).isEqualTo("events");
        });
    }

    /** Those who wait have read nothing but what usual calls have. */
    @Test
    @Timeout(120) // stops a test that hangs
    void shouldReadLargeCallsOneByOneAndOthersBesideThem() throws Exception {
        put("1", 11, PARTIES);
        put("2", 3, PARTY + ",{\"noise\":\"" + "x".repeat(500_000) + "\"}");
        put("3", 1, PARTY);
        held = 2; // the first one has seen that it is large, and reads all of it
        CompletableFuture<JsonNode> first = ask("1");
        await().until(() -> readings.get() == 2);
        CompletableFuture<JsonNode> second = ask("2");
        await().until(() -> readings.get() >= 3);

        assertThat(notifications("3").path("notifications")).hasSize(1);
        assertThat(List.of(first, second)).noneMatch(CompletableFuture::isDone);
        assertThat(readings).hasValue(4);

        end.countDown();
        assertThat(first.get().path("notifications")).hasSize(11);
        assertThat(second.get().path("notifications")).hasSize(3);
        assertThat(readings).hasValue(5);
    }

    @Test
    @Timeout(120) // stops a test that hangs
    void shouldShowALargeCallAfterTheNotificationsOfAnotherAndOthersBesideThem() throws Exception {
        put("1", 11, PARTIES);
        put("2", 0, "", "x".repeat(300_000));
        put("3", 0, "");
        held = 2;
        CompletableFuture<JsonNode> first = ask("1");
        await().until(() -> readings.get() == 2);
        CompletableFuture<JsonNode> second = new CompletableFuture<>();
        Thread asking = new Thread(() -> second.complete(page("2")));
        asking.start();
        await().until(() -> asking.getState() == Thread.State.TIMED_WAITING || second.isDone());

        assertThat(page("3").at("/call/accountId").asText()).isEqualTo("3");
        assertThat(List.of(first, second)).noneMatch(CompletableFuture::isDone);

        end.countDown();
        assertThat(first.get().path("notifications")).hasSize(11);
        assertThat(second.get().at("/call/noise").asText()).hasSize(300_000);
    }

    private JsonNode page(String account) {
        return TestJson.tree(new String(
                api.calls().show(scope(account), account, "s-of-" + account, () -> false), StandardCharsets.UTF_8));
    }

    private void hold() {
        if (readings.incrementAndGet() == held) {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private CompletableFuture<JsonNode> ask(String account) {
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        new Thread(() -> answer.complete(notifications(account))).start();
        return answer;
    }

    private JsonNode notifications(String account) {
        return TestJson.tree(new String(
                evidence.notifications(scope(account), account, "s-of-" + account, () -> false),
                StandardCharsets.UTF_8));
    }

    private static AccountScope scope(String account) {
        return new AccountScope(Set.of(account));
    }

    private void put(String account, int notifications, String parties) throws Exception {
        put(account, notifications, parties, "");
    }

    private void put(String account, int notifications, String parties, String noise) throws Exception {
        String session = "s-of-" + account;
        ObjectNode call = (ObjectNode) TestJson.tree(Files.readString(Path.of("docs", "examples", "call.json")));
        call.put("accountId", account).put("callId", session).put("noise", noise);
        call.withArray("sessions").forEach(each -> ((ObjectNode) each).put("telephonySessionId", session));
        Boolean unused = kept.calls().write(batch -> {
            batch.put(StoredCall.of(RecordedCall.of(call), call.toString().getBytes(StandardCharsets.UTF_8), 0));
            for (int i = 1; i <= notifications; i++) {
                long offset = topic.add(session, """
                        {"event": "/restapi/v1.0/account/%s/telephony/sessions", "body": {"telephonySessionId": "%s",
                         "sequence": %d, "eventTime": "2026-03-02T09:00:00.000Z", "parties": [%s]}}""".formatted(account, session, i, parties));
                batch.putNotification(new NotificationPlace(account, session, 0, offset, offset));
            }
            return true;
        });
    }
}
