package io.callweave.bridge.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.DurableSink;
import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.Owner;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.SinkStatus;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DeliveriesTest implements DurableSink {

    private static final Receipt RECEIPT = new Receipt("pubnub", 1, "pubnub:1");

    private final List<RawRecord> kept = new ArrayList<>();

    /** The rate was for webhooks only: feeds that sent faster wrote 26,000 dead letters a second. */
    @Test
    void shouldWantNoMoreThanTheAccountMaySendAndKeepAllThatIsThere() {
        Deliveries slow = deliveries(1);
        Deliveries fast = deliveries(10_000);
        assertThat(slow.isFull()).isFalse();
        assertThat(fast.isFull()).isFalse();

        for (int i = 0; i < 900; i++) {
            slow.take("x" + i, RECEIPT);
            fast.take("x" + i, RECEIPT);
        }

        assertThat(slow.isFull()).isTrue();
        assertThat(fast.isFull()).isFalse();
        assertThat(slow.isEmpty()).isTrue();
        assertThat(kept).hasSize(2 * 900);
    }

    @Test
    void shouldCountALongOneAsSeveral() {
        Deliveries deliveries = deliveries(10);
        assertThat(deliveries.isFull()).isFalse();

        deliveries.take("x".repeat(4 << 20), RECEIPT);

        assertThat(deliveries.isFull()).isTrue();
        assertThat(deliveries.isEmpty()).isTrue();
    }

    private Deliveries deliveries(int ratePerSecond) {
        return new Deliveries(
                new Intake(IntakeRules.of("", 1_000), this, IntakeListener.NONE, InstantSource.system()),
                Owner.ANYBODY,
                ratePerSecond);
    }

    @Override
    public CompletableFuture<Kept> keep(RawRecord record) {
        kept.add(record);
        return CompletableFuture.completedFuture(Kept.KEPT);
    }

    @Override
    public SinkStatus status() {
        return new SinkStatus(0, 0, 0, true, false);
    }

    @Override
    public void close() {}
}
