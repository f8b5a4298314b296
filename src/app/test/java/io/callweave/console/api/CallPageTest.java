package io.callweave.console.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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

    private final Turns turns = Turns.oneByOne(1, Duration.ofMinutes(1), () -> new IllegalStateException("busy"));
    private final CountDownLatch other = new CountDownLatch(1);
    private volatile boolean hasLeft;
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

        assertThat(revision(show())).isEqualTo(1);
    }

    @Test
    void shouldNotReadForAClientThatLeftWhileItWaited() throws Exception {
        put(1, LARGE);
        hasLeft = true;
        CompletableFuture<byte[]> shown = ask();
        Thread.sleep(100); // at least: whoever waits for less is not looked at
        other.countDown();

        assertThatThrownBy(shown::get).hasRootCauseMessage("busy");
    }

    @Test
    void shouldWriteAllLettersAsTheyAre() throws Exception {
        String letters = "\u00e4 \u20ac \ud83d\ude00 \" \\ \u0001 ";
        put(0, letters);
        put(1, letters.repeat(30_000));
        other.countDown();

        String shown = new String(show(), UTF_8);

        assertThat(shown).isEqualTo(TestJson.tree(shown).toString());
        assertThat(TestJson.tree(shown).at("/call/noise").asText()).isEqualTo(letters.repeat(30_000));
        assertThat(TestJson.tree(shown).at("/revisions/0/call/noise").asText()).isEqualTo(letters);
    }

    private int showWhileItIsReplaced() throws Exception {
        CompletableFuture<byte[]> shown = ask();
        put(2, "");
        other.countDown();
        return revision(shown.get());
    }

    /** Until it waits, or is done. */
    private CompletableFuture<byte[]> ask() {
        CompletableFuture<byte[]> shown = new CompletableFuture<>();
        Thread asking = new Thread(() -> shown.completeAsync(this::show, Runnable::run));
        asking.start();
        await().until(() -> asking.getState() == Thread.State.TIMED_WAITING || shown.isDone());
        return shown;
    }

    private byte[] show() {
        return page.show(ALL, "1", "a", () -> hasLeft);
    }

    private static int revision(byte[] page) {
        return TestJson.tree(new String(page, UTF_8)).at("/call/revision").asInt();
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
