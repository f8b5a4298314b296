package io.callweave.bridge.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.ringcentral.Patience;
import io.callweave.ringcentral.Subscription;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a feed does about a server that does not keep to any measure. */
class AccountFeedTest {

    @ParameterizedTest
    @CsvSource({"0, 1000", "1, 1000", "2, 2000", "3, 4000", "6, 30000", "1000000000, 30000"})
    void shouldWaitLongerAfterEachConnectionThatEndsSoon(int brief, long millis) {
        Patience patience = new Patience(Duration.ofSeconds(1), Duration.ofSeconds(30), -1);

        assertThat(AccountFeed.longestWait(patience, brief)).isEqualTo(millis);
    }

    @Test
    void shouldNameOnlySomeOfManyFilters() {
        List<String> disabled = Collections.nCopies(10_000, "/" + "x".repeat(10_000));

        assertThat(FeedReports.problem(
                        new Subscription("s", "Active", List.of(), disabled, "WebSocket", "", null, null, null)))
                .hasSizeLessThan(1_200)
                .endsWith(" and 9995 more, because a permission is missing.");
    }
}
