package io.callweave.console.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TurnsTest {

    @Test
    void shouldSendAwayThoseWhoWouldWaitForTooLong() {
        Turns turns = new Turns(1, Duration.ofMillis(1));

        turns.take(() -> {
            assertThatThrownBy(() -> turns.take(() -> "second")).hasMessageContaining("try again");
            return "first";
        });

        assertThat(turns.take(() -> "third")).isEqualTo("third");
    }

    @Test
    void shouldLetOthersInAfterAFailure() {
        Turns turns = new Turns(1, Duration.ofMillis(1));

        assertThatThrownBy(() -> turns.take(() -> {
                    throw new IllegalStateException("failed");
                }))
                .hasMessage("failed");

        assertThat(turns.take(() -> "next")).isEqualTo("next");
    }
}
