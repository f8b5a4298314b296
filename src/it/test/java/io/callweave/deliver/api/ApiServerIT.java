package io.callweave.deliver.api;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.access.AccessTokens;
import io.callweave.deliver.manage.MemoryStore;
import io.callweave.deliver.manage.Undelivered;
import io.callweave.deliver.queue.DeliveryHeaders;
import io.callweave.deliver.subscription.SecretKeys;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.WebhookSubscription;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The API over HTTP, without Kafka. */
class ApiServerIT {

    private static final String OPERATOR = "o".repeat(32);
    private static final String CUSTOMER = "c".repeat(32);
    private static final int RATE = 20;
    private static final int ANSWERS = 20_000;
    private static final String DRAFT = "{\"url\":\"https://crm.example.com/secret-path\",\"account\":\"1\"}";

    @TempDir
    private static Path folder;

    private final HttpClient client = HttpClient.newHttpClient();
    private final CountDownLatch reading = new CountDownLatch(1);
    private final AtomicInteger atWork = new AtomicInteger();

    /** Of what could not be delivered. */
    private final RecordHeaders headers = new RecordHeaders();

    /** Who comes later than so many finds nothing to deliver again. */
    private volatile int mostMuch = Integer.MAX_VALUE;

    /** The next one to ask for its subscriptions has so many that it takes long. */
    private final AtomicBoolean hasMuch = new AtomicBoolean();

    private final MemoryStore store = new MemoryStore() {
        @Override
        public Map<String, WebhookSubscription> all() {
            if (hasMuch.getAndSet(false)) {
                atWork.incrementAndGet();
                try {
                    reading.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
            return super.all();
        }

        @Override
        public void undelivered(Set<String> accounts, Consumer<Undelivered> sink) {
            if (atWork.incrementAndGet() > mostMuch) {
                return;
            }
            try {
                while (!reading.await(1, TimeUnit.MILLISECONDS)) {
                    sink.accept(new Undelivered("1/s-1", new byte[0], headers, 0));
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } finally {
                atWork.decrementAndGet();
            }
        }
    };
    private ApiServer server;

    record Answer(int status, HttpHeaders headers, JsonNode body) {}

    @BeforeEach
    void start() throws Exception {
        Path keys =
                Files.writeString(folder.resolve("keys"), Base64.getEncoder().encodeToString(new byte[32]));
        server = ApiServer.start(
                new ApiConfig(
                        "127.0.0.1",
                        0,
                        AccessTokens.of(
                                new AccessTokens.Names("tokens", "file"),
                                OPERATOR + "=*," + CUSTOMER + "=1," + String.join(",", others()),
                                Optional.empty()),
                        RATE,
                        store,
                        SecretKeys.read(keys)),
                ANSWERS);
    }

    private static List<String> others() {
        return IntStream.range(2, 10)
                .mapToObj(account -> token(account) + "=" + account)
                .toList();
    }

    private static String token(int account) {
        return "t".repeat(31) + account;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void shouldAskForAToken() throws Exception {
        for (ApiRoute route : ApiRoute.values()) {
            for (String token : new @Nullable String[] {null, "", "x".repeat(32)}) {
                Answer answer = send(route.method(), route.path().replace("{id}", "sub-1"), token, DRAFT);

                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.body().at("/error/code").asText()).isEqualTo("unauthorized");
                assertThat(answer.headers().firstValue("Connection"))
                        .as("Else it could go on.")
                        .hasValue("close");
            }
        }
        assertThat(store.all()).isEmpty();
    }

    @Test
    void shouldManageASubscriptionAndShowItsSecretOnce() throws Exception {
        Answer created = send("POST", "/v1/subscriptions", CUSTOMER, DRAFT);
        String id = created.body().at("/subscription/id").asText();

        assertThat(created.status()).isEqualTo(201);
        String secret = created.body().path("secret").asText();
        assertThat(secret).startsWith("whsec_");
        assertThat(created.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(store.tests()).containsExactly(id);
        store.put(store.all().get(id).with(SubscriptionState.ACTIVE, "", 0));
        String path = "/v1/subscriptions/" + id;
        for (Answer answer : new Answer[] {
            send("GET", "/v1/subscriptions", CUSTOMER, null),
            send("GET", path, CUSTOMER, null),
            send("POST", path + "/pause", CUSTOMER, null),
            send("POST", path + "/resume", CUSTOMER, null)
        }) {
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body().toString())
                    .contains(id)
                    .doesNotContain(secret, "secret-path", "aes:", "\"secrets\"");
        }
        reading.countDown();
        assertThat(send("POST", path + "/test", CUSTOMER, null).status()).isEqualTo(202);
        Answer rotated = send("POST", path + "/rotate", CUSTOMER, "{\"overlap\":\"1h\"}");
        assertThat(rotated.body().path("secret").asText()).startsWith("whsec_").isNotEqualTo(secret);
        assertThat(send("POST", "/v1/retry", CUSTOMER, "{\"all\":true}")
                        .body()
                        .path("webhooks")
                        .asInt(-1))
                .isZero();
        assertThat(send("DELETE", path, CUSTOMER, null).status()).isEqualTo(204);
        assertThat(send("GET", path, CUSTOMER, null).status()).isEqualTo(404);
    }

    @Test
    void shouldKeepAccountsApart() throws Exception {
        String id = send("POST", "/v1/subscriptions", OPERATOR, DRAFT.replace("\"1\"", "\"*\""))
                .body()
                .at("/subscription/id")
                .asText();

        assertThat(send("GET", "/v1/subscriptions", CUSTOMER, null).body().path("subscriptions"))
                .isEmpty();
        assertThat(send("DELETE", "/v1/subscriptions/" + id, CUSTOMER, null).status())
                .isEqualTo(404);
        assertThat(send("POST", "/v1/subscriptions", CUSTOMER, DRAFT.replace("\"1\"", "\"2\""))
                        .status())
                .isEqualTo(403);
        assertThat(store.all()).hasSize(1);
    }

    @Test
    void shouldAnswerErrorsAsJson() throws Exception {
        String large = "{\"url\":\"" + "a".repeat(65_536) + "\"}";

        assertError(send("POST", "/v1/subscriptions", OPERATOR, "{"), 400, "invalid");
        assertError(send("POST", "/v1/subscriptions", OPERATOR, DRAFT.replace("https", "ftp")), 400, "invalid");
        assertError(send("POST", "/v1/subscriptions", OPERATOR, large), 413, "tooLarge");
        String id = send("POST", "/v1/subscriptions", OPERATOR, DRAFT)
                .body()
                .at("/subscription/id")
                .asText();
        for (String overlap : List.of("999999999999d", "PT9223372036854775807S", "PT-1S")) {
            String body = "{\"overlap\":\"" + overlap + "\"}";
            assertError(send("POST", "/v1/subscriptions/" + id + "/rotate", OPERATOR, body), 400, "invalid");
        }
        assertError(send("GET", "/v1/nothing", OPERATOR, null), 404, "notFound");
        assertError(send("PUT", "/v1/subscriptions", OPERATOR, DRAFT), 405, "refused");
        assertThat(send("GET", "/v1/openapi.json", null, null)
                        .body()
                        .path("openapi")
                        .asText())
                .isEqualTo("3.1.0");
    }

    @Test
    void shouldAnswerOthersWhileOneTokenAsksForMuchThatTakesLong() throws Exception {
        List<CompletableFuture<HttpResponse<Void>>> many = new ArrayList<>();
        for (int i = 0; i < RATE; i++) {
            many.add(client.sendAsync(
                    request("POST", "/v1/retry", CUSTOMER, "{\"all\":true}"), HttpResponse.BodyHandlers.discarding()));
        }
        await().until(() -> many.stream().anyMatch(CompletableFuture::isDone)); // as too many wait

        assertThat(send("POST", "/v1/subscriptions", OPERATOR, DRAFT).status()).isEqualTo(201);
        assertThat(send("GET", "/v1/subscriptions", OPERATOR, null).body().path("subscriptions"))
                .hasSize(1);
        var ofOther = client.sendAsync(
                request("POST", "/v1/retry", OPERATOR, "{\"all\":true}"), HttpResponse.BodyHandlers.discarding());
        reading.countDown();
        assertThat(ofOther.get().statusCode()).isEqualTo(202);
        assertThat(many).extracting(each -> each.join().statusCode()).contains(202, 429);
    }

    @Test
    void shouldAnswerOthersWhileOneTokenListsMuchAgainAndAgain() throws Exception {
        hasMuch.set(true);
        List<CompletableFuture<HttpResponse<Void>>> many = new ArrayList<>();
        for (int i = 0; i < RATE; i++) {
            many.add(client.sendAsync(
                    request("GET", "/v1/subscriptions", CUSTOMER, null), HttpResponse.BodyHandlers.discarding()));
        }
        await().until(() -> atWork.get() == 1 && many.stream().anyMatch(CompletableFuture::isDone));

        assertThat(send("GET", "/v1/subscriptions", OPERATOR, null).status()).isEqualTo(200);
        reading.countDown();
        assertThat(many).extracting(each -> each.join().statusCode()).contains(200, 503);
    }

    @Test
    void shouldLetOthersRetryWhileManyAccountsHaveMuch() throws Exception {
        int many = others().size();
        mostMuch = many;
        List<CompletableFuture<HttpResponse<Void>>> asked = new ArrayList<>();
        for (int account = 2; account < 2 + many; account++) {
            asked.add(client.sendAsync(
                    request("POST", "/v1/retry", token(account), "{\"all\":true}"),
                    HttpResponse.BodyHandlers.discarding()));
        }
        await().until(() -> atWork.get() == many);

        assertThat(send("POST", "/v1/retry", CUSTOMER, "{\"all\":true}").status())
                .isEqualTo(202);

        reading.countDown();
        assertThat(asked).extracting(each -> each.join().statusCode()).containsOnly(202);
    }

    @Test
    void shouldEndARetryWhenItsClientLeavesAndLogWhatItDid() throws Exception {
        String id = send("POST", "/v1/subscriptions", CUSTOMER, DRAFT)
                .body()
                .at("/subscription/id")
                .asText();
        headers.add(DeliveryHeaders.SUBSCRIPTION, id.getBytes(US_ASCII));
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        Logger log = (Logger) LoggerFactory.getLogger(SubscriptionApi.class);
        log.setLevel(Level.INFO);
        log.addAppender(said);
        String body = "{\"all\":true}";
        try (Socket socket =
                new Socket("127.0.0.1", URI.create(server.address()).getPort())) {
            socket.getOutputStream()
                    .write(("POST /v1/retry HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + CUSTOMER
                                    + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
                            .getBytes(US_ASCII));
            await().until(() -> !store.resent().isEmpty());
        }

        await().until(() -> !said.list.isEmpty());
        log.detachAppender(said);
        log.setLevel(null);
        assertThat(atWork.get()).isZero();
        assertThat(said.list)
                .singleElement()
                .satisfies(line -> assertThat(line.getKeyValuePairs())
                        .extracting(Object::toString)
                        .contains(
                                "what=\"RETRY\"", "webhooks=\"" + store.resent().size() + "\"", "whole=\"false\""));
    }

    /** A client that does not read keeps its answers in memory. */
    @Test
    void shouldMakeNoMoreAnswersThanThereIsMemoryForThem() throws Exception {
        String ids =
                IntStream.range(0, 500).mapToObj(i -> "\"2%090d\"".formatted(i)).collect(joining(","));
        String filtered = DRAFT.replace("}", ",\"filter\":{\"queues\":[" + ids + "]}}");
        String small = send("POST", "/v1/subscriptions", CUSTOMER, DRAFT)
                .body()
                .at("/subscription/id")
                .asText();

        assertThat(send("GET", "/v1/subscriptions", CUSTOMER, null).status()).isEqualTo(200);
        Answer large = send("POST", "/v1/subscriptions", CUSTOMER, filtered);
        assertThat(large.status()).isEqualTo(201);
        assertThat(large.body().path("secret").asText()).as("shown only now").startsWith("whsec_");
        assertError(send("GET", "/v1/subscriptions", CUSTOMER, null), 503, "unavailable");
        assertThat(send("GET", "/v1/subscriptions/" + small, CUSTOMER, null).status())
                .isEqualTo(200);
    }

    @Test
    void shouldHoldEachTokenToItsRateAndNoOther() throws Exception {
        reading.countDown();
        List<Integer> statuses = new ArrayList<>();
        for (int i = 0; i < 20 * RATE && !statuses.contains(429); i++) {
            statuses.add(send("GET", "/v1/subscriptions", CUSTOMER, null).status());
        }
        // Between two requests there can be time for one more.
        HttpResponse<Void> test = null;
        for (int i = 0; i < 20 * RATE && (test == null || test.statusCode() != 429); i++) {
            test = client.send(
                    request("POST", "/v1/subscriptions/sub-1/test", CUSTOMER, ""),
                    HttpResponse.BodyHandlers.discarding());
        }
        Answer other = send("GET", "/v1/subscriptions", OPERATOR, null);

        assertThat(statuses).contains(200, 429);
        assertThat(test).isNotNull();
        assertThat(test.statusCode()).isEqualTo(429);
        assertThat(test.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(other.status()).isEqualTo(200);
    }

    /** Each answer that is not read would else keep a thread as soon as the socket is full. */
    @Test
    void shouldAnswerWhileStrangersAskForMuchAndReadNothing() throws Exception {
        byte[] much = "GET /v1/openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n"
                .repeat(100)
                .getBytes(US_ASCII);
        List<Socket> strangers = new ArrayList<>();
        try {
            for (int i = 0; i < 300; i++) {
                Socket socket = new Socket();
                strangers.add(socket);
                socket.setReceiveBufferSize(2_048);
                socket.connect(new InetSocketAddress(
                        "127.0.0.1", URI.create(server.address()).getPort()));
                socket.getOutputStream().write(much);
            }

            HttpRequest request = HttpRequest.newBuilder(
                            request("GET", "/v1/subscriptions", OPERATOR, null), (name, value) -> true)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            assertThat(client.send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        } finally {
            for (Socket each : strangers) {
                each.close();
            }
        }
    }

    private static void assertError(Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.body().at("/error/code").asText()).isEqualTo(code);
        assertThat(answer.body().at("/error/message").asText()).isNotBlank();
    }

    private HttpRequest request(String method, String path, @Nullable String token, @Nullable String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        return request.build();
    }

    private Answer send(String method, String path, @Nullable String token, @Nullable String body) throws Exception {
        HttpResponse<byte[]> answer =
                client.send(request(method, path, token, body), HttpResponse.BodyHandlers.ofByteArray());
        return new Answer(answer.statusCode(), answer.headers(), new ObjectMapper().readTree(answer.body()));
    }
}
