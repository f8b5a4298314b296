package io.callweave.runtime.http;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A large answer that everybody gets, and that changes. Those that ask within a second get the same {@link FixedAnswer}: however many do
 * not read it, their answers take little memory, and to make it takes little time.
 */
public final class CurrentAnswer {

    private static final long LASTS_NANOS = Duration.ofSeconds(1).toNanos();

    private final String type;
    private final Supplier<String> content;
    private @Nullable FixedAnswer last;
    private long madeAt;

    /** @param type such as {@code application/json} */
    public CurrentAnswer(String type, Supplier<String> content) {
        this.type = type;
        this.content = content;
    }

    /** Answers a request with it. */
    public void answer(Context context) {
        now().answer(context);
    }

    private synchronized FixedAnswer now() {
        FixedAnswer current = last;
        if (current == null || System.nanoTime() - madeAt >= LASTS_NANOS) {
            current = new FixedAnswer(type, content.get().getBytes(StandardCharsets.UTF_8));
            last = current;
            madeAt = System.nanoTime(); // else those that waited for it would make it again
        }
        return current;
    }
}
