package io.callweave.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.TestJson;
import io.callweave.access.AccountScope;
import io.callweave.console.feed.Kept;
import io.callweave.console.feed.TestKept;
import io.callweave.console.store.StoredCall;
import io.callweave.record.RecordedCall;
import io.callweave.runtime.http.Turns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large calls are shown one after the other, and what waits is not in memory. */
class CallPageTest {

    private static final AccountScope ALL = AccountScope.OPERATOR;
    private static final String LARGE = "x".repeat(300_000);

    @TempDir
    private Path folder;

    private final Turns turns = new Turns(1, 1, 1, Duration.ofMinutes(1), IllegalStateException::new);
    private final CountDownLatch other = new CountDownLatch(1);
    private Kept kept;
    private CallPage page;

    @BeforeEach
    void open() throws InterruptedException {
        kept = TestKept.in(folder);
        page = new CallPage(kept, turns);
        CountDownLatch begun = new CountDownLatch(1);
        var unused = CompletableFuture.runAsync(() -> turns.take(ALL.accounts(), () -> {
            begun.countDown();
            return join(other);
        }));
        begun.await();
    }

    @AfterEach
    void close() {
        other.countDown();
        kept.calls().close();
    }

    @Test
    void shouldReadALargeCallWhenItIsItsTurn() throws Exception {
        put(1, LARGE);

        assertThat(showWhileItIsReplaced()).isEqualTo(2);
    }

    @Test
    void shouldWaitWithACallWhoseOlderRecordIsLarge() throws Exception {
        put(0, LARGE);
        put(1, "");

        assertThat(showWhileItIsReplaced()).isEqualTo(2);
    }

    @Test
    void shouldShowOthersAtOnce() throws Exception {
        put(1, "");

        assertThat(revision(page.show(ALL, "1", "a"))).isEqualTo(1);
    }

    private int showWhileItIsReplaced() throws Exception {
        CompletableFuture<ObjectNode> shown = new CompletableFuture<>();
        Thread asking = new Thread(() -> shown.complete(page.show(ALL, "1", "a")));
        asking.start();
        await().until(() -> asking.getState() == Thread.State.TIMED_WAITING || shown.isDone());
        put(2, "");
        other.countDown();
        return revision(shown.get());
    }

    private static int revision(ObjectNode page) {
        return page.at("/call/revision").asInt();
    }

    private void put(int revision, String large) throws IOException {
        ObjectNode call = (ObjectNode) TestJson.tree(Files.readString(Path.of("docs", "examples", "call.json")));
        call.put("accountId", "1").put("callId", "a").put("revision", revision).put("noise", large);
        Boolean unused = kept.calls().write(batch -> {
            batch.put(StoredCall.of(RecordedCall.of(call), call.toString().getBytes(UTF_8), 0));
            return true;
        });
    }

    private static boolean join(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
