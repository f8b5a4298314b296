package io.callweave.platform.websocket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecoveryBufferTest {

    private final RecoveryBuffer buffer = new RecoveryBuffer(3);

    @Test
    void shouldLoseTheOldest() {
        add("a", "b", "c", "d");

        assertThat(buffer.missed()).containsExactly("b", "c", "d");
    }

    @Test
    void shouldForgetWhatWasReceived() {
        add("a", "b");
        long newest = buffer.newest();
        add("c");

        buffer.received(newest);

        assertThat(buffer.missed()).containsExactly("c");
    }

    @Test
    void shouldBeEmptyWhenAllWasReceived() {
        add("a");

        buffer.received(buffer.newest());

        assertThat(buffer.isEmpty()).isTrue();
    }

    private void add(String... frames) {
        for (String frame : frames) {
            buffer.add(frame);
        }
    }
}
