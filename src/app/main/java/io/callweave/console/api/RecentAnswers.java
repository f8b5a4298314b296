package io.callweave.console.api;

import io.callweave.access.AccountScope;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Keeps each answer for a second, as it is sent: all pages ask for the same when figures change, or when the console is back. */
final class RecentAnswers {

    static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Of all answers. A thousand live calls have half a megabyte. */
    static final long MOST_BYTES = 16L << 20;

    private static final int MOST = 200;

    /** For all that somebody must not see, the answer is the same. */
    private static final String OF_OTHERS = "/";

    private static final byte[] NOTHING = {};

    private final Map<Key, Answer> answers = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    RecentAnswers(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    private record Key(AccountScope scope, @Nullable String account, long version) {}

    private record Answer(long madeAt, CompletableFuture<byte[]> bytes) {

        boolean isKept(long now) {
            return !bytes.isDone() || now - madeAt < FRESH_NANOS;
        }
    }

    /**
     * Those who ask for the same at the same time wait for one of them, and fail with it; nobody else waits.
     *
     * @param account of those that are asked for; null for all
     * @param version of what it is made of: an answer of another one is not taken
     * @param made the answer, not changed afterwards
     */
    byte[] get(AccountScope scope, @Nullable String account, long version, Supplier<byte[]> made) {
        long now = nanoTime.getAsLong();
        Key key = new Key(scope, account == null || scope.covers(account) ? account : OF_OTHERS, version);
        Answer mine = new Answer(now, new CompletableFuture<>());
        Answer answer = answers.compute(key, (same, kept) -> kept != null && kept.isKept(now) ? kept : mine);
        if (answer.bytes == mine.bytes) {
            make(key, mine, made);
        }
        forget(now);
        try {
            return answer.bytes.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failed ? failed : e;
        }
    }

    private void make(Key key, Answer answer, Supplier<byte[]> made) {
        try {
            answer.bytes.complete(made.get());
        } catch (RuntimeException | Error e) {
            // The next one tries again.
            answers.remove(key, answer);
            answer.bytes.completeExceptionally(e);
        }
    }

    private void forget(long now) {
        answers.values().removeIf(each -> !each.isKept(now));
        long kept = answers.values().stream()
                .map(each -> each.bytes.getNow(NOTHING))
                .mapToLong(bytes -> bytes.length)
                .sum();
        if (answers.size() > MOST || kept > MOST_BYTES) {
            // Not those that are being made: each who asks would make its own.
            answers.values().removeIf(each -> each.bytes.isDone());
        }
    }
}
