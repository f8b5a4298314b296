package io.callweave.bridge.holder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What goes with an offset comes back from it. */
class PositionsTest {

    @Test
    void shouldReadWhatItWrote() {
        Map<String, FeedPosition> positions = Map.of(
                "1", new FeedPosition(1_764_000_000_000L, "RTFh+/=_-.~", false),
                "2", new FeedPosition(7, "", true));

        assertThat(Positions.read(Positions.write(positions))).isEqualTo(positions);
        assertThat(Positions.read("")).isEmpty();
        assertThat(Positions.read("1:zz:a b:,2:nonsense,3:10::")).containsOnlyKeys("3");
    }

    @Test
    void shouldLeaveOutTokensAndThenAccountsThatFindNoRoom() {
        Map<String, FeedPosition> positions = new HashMap<>();
        for (int account = 100_000; account < 100_100; account++) {
            positions.put(Integer.toString(account), new FeedPosition(1_764_000_000_000L, "t".repeat(40), false));
        }
        assertThat(Positions.read(Positions.write(positions)))
                .hasSize(100)
                .allSatisfy((account, position) ->
                        assertThat(position.recoveryToken()).isEmpty());

        for (int account = 200_000; account < 200_900; account++) {
            positions.put(Integer.toString(account), new FeedPosition(1_764_000_000_000L, "", false));
        }
        assertThat(Positions.write(positions)).hasSizeLessThan(4_096);
    }

    @Test
    void shouldNotShowTokens() {
        assertThat(new FeedPosition(1, "hush", true).toString()).doesNotContain("hush");
    }
}
