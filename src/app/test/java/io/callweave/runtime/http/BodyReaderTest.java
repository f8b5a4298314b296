package io.callweave.runtime.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.junit.jupiter.api.Test;

class BodyReaderTest {

    private final List<String> calls = new ArrayList<>();
    private final CompletableFuture<Void> readBegan = new CompletableFuture<>();
    private final CompletableFuture<Void> mayGoOn = new CompletableFuture<>();
    private final BodyReader reader = new BodyReader(request(), true, 100, new MemoryBudget(1_000), this, new Nobody());

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

    private static final class Nobody implements BodyReader.Listener {

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
