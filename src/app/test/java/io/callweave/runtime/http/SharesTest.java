package io.callweave.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javalin.http.Context;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 2, unit = TimeUnit.MINUTES) // for what would hang
class SharesTest {

    private static final int ALL_WAIT = Shares.AT_ONCE + Shares.MOST_WAITING;

    private final CountDownLatch work = new CountDownLatch(1);
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpListener listener;

    @BeforeEach
    void start() {
        HttpListener.Place place = new HttpListener.Place("The test cannot", "127.0.0.1", 0, "none");
        listener = HttpListener.start(place, token -> token, options -> options.routes.get("/", this::takeLong));
    }

    @AfterEach
    void stop() {
        work.countDown();
        listener.close();
    }

    @Test
    void shouldMakeRoomForAnotherOwnerWhenOneHasAllPlaces() {
        List<CompletableFuture<HttpResponse<String>>> ofOne = ask("one", ALL_WAIT + 1);
        await().until(() -> refused(ofOne) == 1);

        List<CompletableFuture<HttpResponse<String>>> ofOther = ask("other", Shares.AT_ONCE + 1);
        await().until(() -> refused(ofOne) == 2);
        work.countDown();

        assertThat(ofOther).allMatch(each -> each.join().statusCode() == 200);
        assertThat(ofOne).filteredOn(each -> each.join().statusCode() == 200).hasSize(ALL_WAIT - 1);
    }

    private List<CompletableFuture<HttpResponse<String>>> ask(String token, int times) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(listener.address()))
                .header("Authorization", "Bearer " + token)
                .build();
        return Stream.generate(() -> client.sendAsync(request, BodyHandlers.ofString()))
                .limit(times)
                .toList();
    }

    private static long refused(List<CompletableFuture<HttpResponse<String>>> asked) {
        return asked.stream()
                .filter(each -> each.isDone() && each.join().statusCode() == 503)
                .count();
    }

    private void takeLong(Context context) throws InterruptedException {
        work.await();
        context.result("done");
    }
}
