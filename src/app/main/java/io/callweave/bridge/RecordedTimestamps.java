package io.callweave.bridge;

import io.callweave.notification.RoutingResult;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Time as it was when the notifications were recorded: each one's own {@code timestamp}, but never below the one before; one
 * without takes that of the one before, and the very first its eventTime. For one thread.
 */
public final class RecordedTimestamps implements TimestampSource {

    private final Function<byte[], @Nullable Long> eventTime;
    private @Nullable Long last;

    /**
     * Begins before the first notification.
     *
     * @param eventTime of a notification, in milliseconds since the epoch; null if it has none that can be read
     */
    public RecordedTimestamps(Function<byte[], @Nullable Long> eventTime) {
        this.eventTime = eventTime;
    }

    @Override
    public Long of(byte[] value, RoutingResult routing, Receipt receipt) {
        Long own = routing.timestamp();
        long now;
        if (last == null) {
            now = first(value, own, receipt);
        } else {
            now = own == null ? last : Math.max(last, own);
        }
        last = now;
        return now;
    }

    private long first(byte[] value, @Nullable Long own, Receipt receipt) {
        Long time = own == null ? eventTime.apply(value) : own;
        return time == null ? receipt.receivedAt() : time;
    }
}
