package io.callweave.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30) // for what would hang
class InFlightTest {

    private final InFlight inFlight = new InFlight(100);

    @Test
    void shouldLetInWhatFits() throws InterruptedException {
        inFlight.enter(60);
        inFlight.enter(40);
    }

    @Test
    void shouldLetOneInThatIsLargerThanAll() throws InterruptedException {
        inFlight.enter(1_000);
    }

    @Test
    void shouldLetInWhatWaitsAsSoonAsThereIsRoom() throws Exception {
        inFlight.enter(60);
        CompletableFuture<Void> second = CompletableFuture.runAsync(() -> enter(41));
        assertThat(second).failsWithin(50, TimeUnit.MILLISECONDS);

        inFlight.leave(60);

        second.get();
    }

    private void enter(int size) {
        try {
            inFlight.enter(size);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
