package io.callweave.bridge.pubnub;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bridge.holder.FeedPosition;
import io.callweave.ringcentral.pubnub.Cursor;
import org.junit.jupiter.api.Test;

class PubNubPositionTest {

    private static final PubNubPosition POSITION =
            new PubNubPosition("1d1b9d3c-7c2b-4f8e-9d3a-1f0b6f6f8a11", new Cursor("17637267698430143", 12));

    @Test
    void shouldComeBackFromTheHoldersPosition() {
        FeedPosition kept = POSITION.wholeUntil(1_763_726_769_000L);

        assertThat(PubNubPosition.of(kept)).isEqualTo(POSITION);
        assertThat(kept.wholeUntil()).isEqualTo(1_763_726_769_000L);
    }

    @Test
    void shouldNotTakeAWebSocketsTokenForItsOwn() {
        assertThat(PubNubPosition.of(new FeedPosition(1, "c2Vzc2lvbjox", true))).isNull();
    }

    @Test
    void shouldNotGiveItsTokenToAWebSocket() {
        assertThat(POSITION.wholeUntil(1).ofWebSocket().recoveryToken()).isEmpty();
        assertThat(new FeedPosition(1, "c2Vzc2lvbjox", true).ofWebSocket().recoveryToken())
                .isEqualTo("c2Vzc2lvbjox");
    }
}
