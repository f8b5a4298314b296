package io.callweave.bench.competitors.correctness;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final TrueCall FIRST = call("1/a", List.of("1/a", "1/b"), 5_000, false);
    private static final TrueCall SECOND = call("1/c", List.of("1/c"), 7_000, false);
    private static final List<TrueCall> TRUTHS = List.of(FIRST, SECOND);

    @Test
    void shouldFindRightAndMissingCalls() {
        Verdict verdict = Verdict.of(TRUTHS, List.of(FIRST));

        assertThat(verdict).isEqualTo(new Verdict(2, 1, 0, 0, 1, 0));
    }

    @Test
    void shouldCountASessionThatWasNotJoinedTwice() {
        TrueCall half = call("1/a", List.of(), 3_000, false);
        TrueCall otherHalf = call("1/b", List.of(), 2_000, false);

        Verdict verdict = Verdict.of(TRUTHS, List.of(half, otherHalf, SECOND));

        assertThat(verdict).isEqualTo(new Verdict(2, 1, 0, 1, 0, 1));
        assertThat(verdict.bad()).isEqualTo(2);
    }

    @Test
    void shouldCountASecondRecordOfOneCall() {
        Verdict verdict = Verdict.of(TRUTHS, List.of(FIRST, SECOND, SECOND));

        assertThat(verdict).isEqualTo(new Verdict(2, 1, 0, 1, 0, 1));
    }

    @Test
    void shouldAcceptARecordThatSaysWhatItLacks() {
        TrueCall withoutItsBeginning = call("1/b", List.of("1/b"), 2_000, true);
        TrueCall withoutItsEnd = call("1/c", List.of("1/c"), 6_000, true);

        Verdict verdict = Verdict.of(TRUTHS, List.of(withoutItsBeginning, withoutItsEnd));

        assertThat(verdict).isEqualTo(new Verdict(2, 0, 2, 0, 0, 0));
    }

    @Test
    void shouldNotExpectACallOfWhichNothingArrived() throws Exception {
        JsonNode lost = new ObjectMapper()
                .readTree("{\"sessions\":[{\"partyEvents\":3}],\"dropped\":[{\"sequences\":[[2,3],[5,5]]}]}");
        JsonNode seen = new ObjectMapper()
                .readTree("{\"sessions\":[{\"partyEvents\":3}],\"dropped\":[{\"sequences\":[[2,3]]}]}");

        assertThat(TrueCall.isUnseen(lost)).isTrue();
        assertThat(TrueCall.isUnseen(seen)).isFalse();
    }

    private static TrueCall call(String key, List<String> sessions, long durationMs, boolean marked) {
        return new TrueCall(key, sessions, 1_000, durationMs, true, marked);
    }
}
