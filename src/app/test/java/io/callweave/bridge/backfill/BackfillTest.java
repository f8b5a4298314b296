package io.callweave.bridge.backfill;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.feedgap.FeedGapJson;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Which gaps are one reading of the Call Log. */
class BackfillTest {

    private static final int HOUR = 3_600_000;

    @Test
    void shouldReadOnceForGapsThatAreNear() {
        assertThat(Backfill.joined(List.of(gap(900, 950), gap(0, 100), gap(50, 70))))
                .containsExactly(gap(0, 950));
    }

    @Test
    void shouldNotJoinGapsThatAreFar() {
        assertThat(Backfill.joined(List.of(gap(0, 100), gap(HOUR, HOUR + 100), gap(9 * HOUR, 20 * HOUR))))
                .containsExactly(gap(0, 100), gap(HOUR, HOUR + 100), gap(9 * HOUR, 20 * HOUR));
    }

    @Test
    void shouldReadGapsWithoutAnEndOnceAnHour() {
        List<FeedGapJson.Span> gaps = IntStream.range(0, 24 * 3_600)
                .mapToObj(second -> gap(second * 1_000, second * 1_000 + 1_000))
                .toList();

        assertThat(Backfill.joined(gaps)).hasSize(24);
    }

    private static FeedGapJson.Span gap(long from, long to) {
        return new FeedGapJson.Span("1", from, to);
    }
}
