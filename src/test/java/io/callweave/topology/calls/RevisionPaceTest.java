package io.callweave.topology.calls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.topology.TopologyKit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How often a call that was emitted is revised while late events of it keep coming. */
class RevisionPaceTest {

    private static final int LARGE = 600;

    private final TopologyKit kit = new TopologyKit();
    private final List<byte[]> sent = new ArrayList<>();

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void shouldReviseALargeCallOnceASecondForEach250Events() {
        send(0, LARGE, "Setup");
        kit.passUntilNothingWaits();
        kit.pass(Duration.ofSeconds(10));
        assertThat(kit.emitted()).extracting(TopologyKit.Emission::status).containsExactly("partial");

        send(LARGE, LARGE + 1, "Disconnected");
        assertThat(kit.emitted()).hasSize(1);
        send(LARGE + 1, LARGE + 300, "Disconnected");
        assertThat(kit.emitted()).isEmpty();
        kit.pass(Duration.ofSeconds(1));
        assertThat(kit.emitted()).isEmpty();
        kit.pass(Duration.ofSeconds(3));
        assertThat(kit.emitted()).hasSize(1);
        kit.pass(Duration.ofSeconds(30));
        assertThat(kit.emitted()).isEmpty();

        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.ofLines(sent));
    }

    @Test
    void shouldReviseACallOfOrdinarySizeWithEachLateEvent() {
        send(0, 20, "Disconnected");
        kit.emitted();

        send(20, 30, "Disconnected");

        assertThat(kit.emitted()).hasSize(10);
    }

    /** One party each. */
    private void send(int from, int to, String status) {
        for (int i = from; i < to; i++) {
            byte[] notification = """
                    {"event":"/restapi/v1.0/account/400001001/telephony/sessions","timestamp":"2026-03-02T09:00:00Z",\
                    "body":{"telephonySessionId":"s-1","sequence":%d,"eventTime":"2026-03-02T09:00:00Z","parties":[\
                    {"id":"p-%d","extensionId":"104","direction":"Inbound","status":{"code":"%s"}}]}}
                    """.formatted(i + 2, i, status).strip().getBytes(UTF_8);
            sent.add(notification);
            kit.receive(notification);
        }
    }
}
