package io.callweave.console.feed;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SilenceTest {

    private final Silence silence = new Silence();

    @Test
    void shouldKnowSinceWhenNothingWasHeard() {
        assertThat(silence.since(100, 1_000)).isEmpty();
        assertThat(silence.since(150, 2_000)).isEmpty();
        assertThat(silence.since(150, 7_000)).isEmpty();

        assertThat(silence.since(150, 7_001)).hasValue(2_000);
        assertThat(silence.since(150, 60_000)).hasValue(2_000);
    }

    @Test
    void shouldEndWithTheNextAnswer() {
        assertThat(silence.since(100, 1_000)).isEmpty();
        assertThat(silence.since(100, 9_000)).hasValue(1_000);

        assertThat(silence.since(101, 9_100)).isEmpty();
        assertThat(silence.since(101, 14_100)).isEmpty();
        assertThat(silence.since(101, 14_101)).hasValue(9_100);
    }
}
