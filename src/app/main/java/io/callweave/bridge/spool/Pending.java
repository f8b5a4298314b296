package io.callweave.bridge.spool;

import io.callweave.bridge.DurableSink.Kept;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.spool.disk.RecordCodec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A record that was taken and is not answered yet. Either Kafka's acknowledgement or the disk settles it, and only once. */
final class Pending {

    private final RawRecord raw;
    private final String account;
    private final long size;
    private final long takenAtMs;
    private final long takenAtNanos;
    private final CompletableFuture<Kept> answer = new CompletableFuture<>();
    private final AtomicBoolean settled = new AtomicBoolean();
    private volatile long acknowledgedAtNanos;
    private volatile @Nullable Exception refusal;

    Pending(RawRecord raw, long takenAtMs, long takenAtNanos) {
        this.raw = raw;
        this.takenAtMs = takenAtMs;
        this.takenAtNanos = takenAtNanos;
        account = raw.account();
        size = RecordCodec.sizeOf(raw);
    }

    RawRecord raw() {
        return raw;
    }

    String account() {
        return account;
    }

    long size() {
        return size;
    }

    long takenAtMs() {
        return takenAtMs;
    }

    long takenAtNanos() {
        return takenAtNanos;
    }

    CompletableFuture<Kept> answer() {
        return answer;
    }

    /** Kafka has it. */
    void acknowledged(long atNanos) {
        acknowledgedAtNanos = atNanos;
    }

    /** Whether Kafka has said so; the record can be settled otherwise. */
    boolean isAcknowledged() {
        return acknowledgedAtNanos != 0;
    }

    long acknowledgedAfterNanos() {
        return acknowledgedAtNanos - takenAtNanos;
    }

    /** True for the first caller only, who must answer. */
    boolean settle() {
        return settled.compareAndSet(false, true);
    }

    boolean isSettled() {
        return settled.get();
    }

    /** Kafka will never accept this record. */
    void refuse(Exception why) {
        refusal = why;
    }

    @Nullable
    Exception refusal() {
        return refusal;
    }
}
