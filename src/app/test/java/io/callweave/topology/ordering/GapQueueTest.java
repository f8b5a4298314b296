package io.callweave.topology.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.state.CountingStore;
import org.junit.jupiter.api.Test;

class GapQueueTest {

    private static final SessionKey SESSION = new SessionKey("1", "s-1");

    private final CountingStore store = new CountingStore("calls");
    private final GapQueue gaps = new GapQueue(store);

    @Test
    void shouldWriteNothingOfAGapThatIsOverBeforeTheCommit() {
        gaps.hold(SESSION, 3, 500);
        gaps.release(SESSION);
        gaps.write();

        assertThat(store.take().puts()).isZero();
    }

    @Test
    void shouldKeepWhichSessionHoldsBackOverARestart() {
        gaps.hold(SESSION, 3, 500);
        gaps.write();
        gaps.write();

        assertThat(store.take().puts()).isEqualTo(1);
        GapQueue restarted = new GapQueue(store);
        assertThat(restarted.due(2, 1_000)).isNull();
        assertThat(restarted.due(3, 1_000)).isEqualTo(SESSION);
        restarted.release(SESSION);
        restarted.write();
        assertThat(new GapQueue(store).due(3, 1_000)).isNull();
    }

    @Test
    void shouldKeepWhatIsHeldBackAgainBeforeTheCommit() {
        gaps.hold(SESSION, 3, 500);
        gaps.write();

        gaps.release(SESSION);
        gaps.hold(SESSION, 4, 900);
        gaps.write();

        GapQueue restarted = new GapQueue(store);
        assertThat(restarted.due(3, 1_000)).isNull();
        assertThat(restarted.due(4, 1_000)).isEqualTo(SESSION);
    }
}
