package io.callweave.deliver;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class EndpointPaceTest {

    private static final Duration NOTHING_ASKED = Duration.ZERO;

    private final EndpointPace well = EndpointPace.unknown(8);

    @Test
    void shouldHalveAfterAFailureAndGrowAfterASuccess() {
        EndpointPace slower = well.failed(NOTHING_ASKED, 0, 100);

        assertThat(slower.limit()).isEqualTo(4);
        assertThat(slower.allows(3, 100)).isTrue();
        assertThat(slower.succeeded(8).limit()).isEqualTo(5);
    }

    @Test
    void shouldProbeWithLongerAndLongerPauses() {
        EndpointPace pace = well;
        long now = 0;
        for (int i = 0; i < 40; i++) {
            now = Math.max(now + 1, pace.notBefore());
            pace = pace.failed(NOTHING_ASKED, now, now);
        }

        assertThat(pace.limit()).isEqualTo(1);
        assertThat(pace.notBefore() - now).isEqualTo(EndpointPace.LONGEST_PAUSE.toMillis());
        assertThat(pace.allows(0, pace.notBefore() - 1)).isFalse();
        assertThat(pace.allows(0, pace.notBefore())).isTrue();
        assertThat(pace.allows(1, pace.notBefore())).isFalse();
    }

    @Test
    void shouldCountPostsThatFailTogetherAsOneFailure() {
        EndpointPace pace = well;
        for (int i = 0; i < 8; i++) {
            pace = pace.failed(NOTHING_ASKED, 10, 20 + i);
        }

        assertThat(pace.failures()).isEqualTo(1);
    }

    @Test
    void shouldWaitForAsLongAsTheEndpointAsks() {
        assertThat(well.failed(Duration.ofSeconds(30), 0, 1_000).notBefore()).isEqualTo(31_000);
        assertThat(well.failed(Duration.ofDays(30), 0, 0).notBefore())
                .isEqualTo(EndpointPace.LONGEST_RETRY_AFTER.toMillis());
    }

    @Test
    void shouldHeedWhatALaterAnswerOfTheSameMomentAsks() {
        EndpointPace pace = well.failed(NOTHING_ASKED, 0, 100).failed(Duration.ofSeconds(30), 0, 200);

        assertThat(pace.notBefore()).isEqualTo(30_200);
    }

    @Test
    void shouldForgetAllAfterASuccess() {
        EndpointPace pace = well.failed(Duration.ofSeconds(30), 0, 0).succeeded(8);

        assertThat(pace.allows(0, 0)).isTrue();
        assertThat(pace.failures()).isZero();
    }
}
