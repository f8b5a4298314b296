package io.callweave.ringcentral.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of a gateway, also of one that sends what RingCentral's does not. */
class FrameTest {

    private static final String MANY = "[" + "{\"\":1},".repeat(500_000) + "1]";

    @Test
    void shouldReadAnAnswer() {
        Frame frame = Frame.of(
                "[{\"type\":\"ClientRequest\",\"messageId\":\"m-1\",\"status\":200,\"wsc\":{\"sequence\":{\"token\":\"no\"},\"token\":\"again\"},\"path\":[1]},{\"id\":\"s\"}]");

        assertThat(frame.type()).isEqualTo("ClientRequest");
        assertThat(frame.messageId()).isEqualTo("m-1");
        assertThat(frame.status()).isEqualTo(200);
        assertThat(frame.recoveryToken()).isEqualTo("again");
        assertThat(frame.body().path("id").asText()).isEqualTo("s");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "1", "{\"type\":\"Heartbeat\"}", "[]", "[{\"type\":\"Heartbeat\"", "[{\"status\":1e999}]"})
    void shouldReadNoTypeWhereThereIsNoFrame(String text) {
        Frame frame = Frame.of(text);

        assertThat(frame.type()).isEmpty();
        assertThat(frame.sentAt()).isEmpty();
        assertThat(frame.body().isMissingNode()).isTrue();
    }

    /** As objects they would need thirty times the memory of the text, for each account at the same time. */
    @Test
    void shouldMakeNoObjectsOfWhatNobodyAsksFor() {
        String text = "[{\"a\":" + MANY + ",\"type\":\"ServerNotification\"},{\"a\":" + MANY
                + ",\"timestamp\":\"2026-11-29T20:00:00Z\"}]";
        ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = thread.getCurrentThreadAllocatedBytes();

        Frame frame = Frame.of(text);
        String sentAt = frame.sentAt();

        assertThat(thread.getCurrentThreadAllocatedBytes() - before).isLessThan(text.length());
        assertThat(frame.isNotification()).isTrue();
        assertThat(sentAt).isEqualTo("2026-11-29T20:00:00Z");
        assertThat(frame.body().isMissingNode()).isTrue();
    }
}
