package io.callweave.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

class BodyReaderTest {

    private final List<String> calls = new ArrayList<>();
    private final CompletableFuture<Void> readBegan = new CompletableFuture<>();
    private final CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
    private final MemoryBudget budget = new MemoryBudget(10_000);
    private final BodyReader reader = new BodyReader(request(), true, 100, budget, this, new Nobody());

    /** The end of its time comes on another thread than the body does. */
    @Test
    void shouldNotEndARequestWhileItIsRead() throws Exception {
        CompletableFuture<Void> reading = CompletableFuture.runAsync(reader::read);
        readBegan.get();

        reader.finish(() -> calls.add("completed"));
        mayGoOn.complete(null);
        reading.get();

        assertThat(calls).containsExactly("read", "demand", "completed");
    }

    @Test
    void shouldNotTouchARequestThatIsOver() {
        mayGoOn.complete(null);
        reader.finish(() -> calls.add("completed"));

        reader.read();

        assertThat(calls).containsExactly("completed");
    }

    /** A body in chunks of a byte costs hundreds of times its bytes. */
    @Test
    void shouldGiveUpAnEndlessBodyThatIsNotWantedAfterSomeReads() {
        AtomicInteger reads = new AtomicInteger();
        CompletableFuture<Long> complete = new CompletableFuture<>();
        var unwanted = new BodyReader(endless(reads::incrementAndGet), false, 100, budget, this, new Nobody() {
            @Override
            public void complete(byte[] body, long bytes) {
                complete.complete(bytes);
            }
        });

        unwanted.read();

        assertThat(complete).isCompletedWithValue((long) reads.get());
        assertThat(reads).hasValueLessThan(10_000);
    }

    @Test
    void shouldGiveUpAnEndlessBodyThatIsTooLarge() {
        AtomicInteger reads = new AtomicInteger();
        var large = new BodyReader(endless(reads::incrementAndGet), true, 100, budget, this, new Nobody() {
            @Override
            public void tooLarge() {
                calls.add("tooLarge");
            }
        });

        large.read();

        assertThat(calls).containsExactly("tooLarge");
        assertThat(reads).hasValueLessThan(10_000);
    }

    @Test
    void shouldReadNoMoreOnceTheRequestIsAnswered() {
        AtomicInteger reads = new AtomicInteger();
        AtomicReference<BodyReader> answered = new AtomicReference<>();
        answered.set(new BodyReader(
                endless(() -> {
                    if (reads.incrementAndGet() == 5) {
                        answered.get().finish(() -> calls.add("completed"));
                    }
                }),
                true,
                1_000,
                budget,
                this,
                new Nobody()));

        answered.get().read();

        assertThat(reads).hasValue(5);
        assertThat(calls).containsExactly("completed");
    }

    /** Always has another chunk of one byte. */
    private Request endless(Runnable reading) {
        return (Request) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Request.class}, (proxy, method, arguments) -> {
                    reading.run();
                    return Content.Chunk.from(ByteBuffer.wrap(new byte[1]), false);
                });
    }

    /** Has no content yet; its first read waits until the test goes on. */
    private Request request() {
        return (Request) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Request.class}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    if (method.getName().equals("read")) {
                        readBegan.complete(null);
                        mayGoOn.join();
                    }
                    return (Content.Chunk) null;
                });
    }

    private static class Nobody implements BodyReader.Listener {

        @Override
        public void complete(byte[] body, long bytes) {}

        @Override
        public void tooLarge() {}

        @Override
        public void noMemory() {}

        @Override
        public void failed() {}
    }
}
