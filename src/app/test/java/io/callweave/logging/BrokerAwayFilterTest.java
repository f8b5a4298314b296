package io.callweave.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BrokerAwayFilterTest {

    private static final String CONNECTION =
            "[Consumer clientId=a] Connection to node {} ({}) could not be established. Node may not be available.";
    private static final String BOOTSTRAP = "[Producer clientId=b] Bootstrap broker {} disconnected";

    private static final String BATCH =
            "[Producer clientId=b] Got error produce response with correlation id {} on topic-partition {}, retrying ({}"
                    + " attempts left). Error: {}";
    private static final String METADATA =
            "[Producer clientId=b] Received invalid metadata error in produce request on partition {} due to {} Going to"
                    + " request metadata update now";

    private final LoggerContext logging = new LoggerContext();
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
    private final Logger client = logging.getLogger("org.apache.kafka.clients.NetworkClient");
    private final Logger sender = logging.getLogger("org.apache.kafka.clients.producer.internals.Sender");
    private long nanoTime = -7;

    @BeforeEach
    void filter() {
        logging.addTurboFilter(new BrokerAwayFilter(() -> nanoTime));
        lines.start();
        logging.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(lines);
        logging.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
    }

    @Test
    void shouldLogOneLineAMinuteForAllWarnings() {
        for (int second = 0; second < 120; second++) {
            client.warn(CONNECTION, 1, "kafka-1");
            client.warn(BOOTSTRAP, "kafka-1:9092");
            nanoTime += Duration.ofSeconds(1).toNanos();
        }

        assertThat(shown())
                .containsExactly(
                        "A broker cannot be reached: Connection to node 1 (kafka-1) could not be"
                                + " established. Node may not be available. (0 more such warnings since the last one)",
                        "A broker cannot be reached: Connection to node 1 (kafka-1) could not be"
                                + " established. Node may not be available. (119 more such warnings since the last one)");
    }

    @Test
    void shouldCountPendingBatchesWithTheWarnings() {
        client.warn(CONNECTION, 1, "kafka-1");
        for (int batch = 0; batch < 24; batch++) {
            sender.warn(BATCH, batch, "t-" + batch, 7, "NETWORK_EXCEPTION. Error Message: Disconnected from node 1");
            sender.warn(METADATA, "t-" + batch, "NetworkException: Disconnected from node 1");
        }
        nanoTime += Duration.ofMinutes(1).toNanos();
        sender.warn(BATCH, 1, "t-1", 7, "REQUEST_TIMED_OUT. Error Message: Disconnected from node 1 due to timeout");

        assertThat(shown()).hasSize(2).last().asString().endsWith("(48 more such warnings since the last one)");
    }

    @Test
    void shouldPassErrorsThatABrokerAnswered() {
        client.warn(CONNECTION, 1, "kafka-1");
        sender.warn(BATCH, 1, "t-1", 7, "NOT_LEADER_OR_FOLLOWER");
        sender.warn(METADATA, "t-1", "NotLeaderOrFollowerException: Not here.");

        assertThat(shown()).hasSize(3);
    }

    @Test
    void shouldPassAllOtherLines() {
        client.warn(CONNECTION, 1, "kafka-1");
        client.error(CONNECTION, 1, "kafka-1");
        client.warn("[Consumer clientId=a] Connection to node {} failed authentication due to: {}", 1, "password");
        logging.getLogger("io.callweave").warn("Bootstrap broker of somebody else");

        assertThat(shown()).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DEBUG", "TRACE"})
    void shouldPassEachWarningAtLevelDebug(String level) {
        client.setLevel(Level.toLevel(level));

        client.warn(CONNECTION, 1, "kafka-1");
        client.warn(CONNECTION, 2, "kafka-2");

        assertThat(shown()).hasSize(2).allMatch(line -> line.startsWith("[Consumer"));
    }

    @Test
    void shouldLogNothingIfWarningsAreDisabled() {
        client.setLevel(Level.ERROR);

        client.warn(CONNECTION, 1, "kafka-1");

        assertThat(shown()).isEmpty();
    }

    private List<String> shown() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
