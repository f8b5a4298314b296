package io.callweave.bridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.account.VerificationTokens;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final AtomicLong nanos = new AtomicLong();
    private final RateLimit limit = new RateLimit(nanos::get);

    @Test
    void shouldAdmitTwoSecondsWorthAtOnceAndThenTheRate() {
        Account account = new Account("1", "/1", new VerificationTokens(List.of()), Privacy.NONE, 10, null);

        assertThat(admitted(account, 100)).isEqualTo(20);
        nanos.addAndGet(500_000_000);
        assertThat(admitted(account, 100)).isEqualTo(5);
        nanos.addAndGet(60_000_000_000L);
        assertThat(admitted(account, 100)).isEqualTo(20);
    }

    private int admitted(Account account, int asked) {
        int admitted = 0;
        for (int i = 0; i < asked; i++) {
            admitted += limit.admit(account) ? 1 : 0;
        }
        return admitted;
    }
}
