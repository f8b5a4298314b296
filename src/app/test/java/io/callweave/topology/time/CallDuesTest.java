package io.callweave.topology.time;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.StoreNames;
import io.callweave.topology.state.TestStores;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallDuesTest {

    private static final int ALL = 100;

    private final DueQueue finished = new DueQueue(TestStores.inMemory(StoreNames.CALL_DUE));
    private final CallDues dues = new CallDues(finished);
    private final List<String> taken = new ArrayList<>();

    @Test
    void shouldGiveWaitsAndFinishedCallsInTheOrderOfTime() {
        dues.await(30, key("s-c"));
        dues.add(20, key("s-b"));
        dues.await(10, key("s-a"));
        dues.add(40, key("s-d"));

        assertThat(take(35, ALL)).isFalse();
        assertThat(taken).containsExactly("10 s-a", "20 s-b", "30 s-c");
        assertThat(dues.mayHave(39)).isFalse();
        assertThat(dues.mayHave(40)).isTrue();
    }

    @Test
    void shouldHaveOneWaitForACall() {
        dues.await(10, key("s-a"));
        dues.await(20, key("s-a"));
        dues.await(15, key("s-b"));
        dues.cancel(key("s-b"));

        take(50, ALL);
        assertThat(taken).containsExactly("20 s-a");
    }

    @Test
    void shouldGiveNoMoreThanAskedForAndTheRestLater() {
        dues.await(10, key("s-a"));
        dues.add(20, key("s-b"));
        dues.await(30, key("s-c"));

        assertThat(take(50, 2)).isTrue();
        assertThat(taken).containsExactly("10 s-a", "20 s-b");
        assertThat(take(50, 2)).isFalse();
        assertThat(taken).containsExactly("10 s-a", "20 s-b", "30 s-c");
    }

    @Test
    void shouldTakeInWhatIsAddedOnTheWay() {
        dues.await(10, key("s-a"));
        dues.add(30, key("s-c"));

        dues.processDue(50, budget(ALL), entry -> {
            taken.add(entry.time() + " " + entry.key().telephonySessionId());
            if (entry.time() == 10) {
                dues.add(20, key("s-b"));
                dues.await(25, key("s-d"));
            }
        });
        assertThat(taken).containsExactly("10 s-a", "20 s-b", "25 s-d", "30 s-c");
    }

    private boolean take(long now, int most) {
        return dues.processDue(
                now,
                budget(most),
                entry -> taken.add(entry.time() + " " + entry.key().telephonySessionId()));
    }

    private static StepLimits.Budget budget(int most) {
        return new StepLimits(most, Duration.ofDays(1), () -> 0).begin();
    }

    private static SessionKey key(String session) {
        return new SessionKey("8", session);
    }
}
