package io.callweave.runtime;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.state.BinaryReader;
import io.callweave.topology.state.OtherFormatException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.apache.kafka.streams.errors.TopologyException;
import org.junit.jupiter.api.Test;

class ThreadReplacementTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final StreamsException failure = new StreamsException("Thrown by a test: all is well.");
    private long nanoTime;
    private final ThreadReplacement replacement =
            new ThreadReplacement(new TopologyMetrics(registry)::threadFailed, () -> nanoTime);

    /** The next start says what is lacking, and an orchestrator starts it. */
    @Test
    void shouldNotReplaceAThreadThatLacksAPermission() {
        StreamsException unauthorized = new StreamsException(new TopicAuthorizationException(Set.of("calls")));

        assertThat(replacement.handle(unauthorized)).isEqualTo(SHUTDOWN_CLIENT);
    }

    /** Another attempt would read the same. */
    @Test
    void shouldNotReplaceAThreadThatReadsStateOfAnotherFormat() {
        BinaryReader other = new BinaryReader(new byte[] {99});

        StreamsException failed =
                new StreamsException(catchThrowableOfType(OtherFormatException.class, () -> other.format("A session")));

        assertThat(replacement.handle(failed)).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void shouldNotReplaceAThreadThatIsGivenTheTasksOfAnotherTopology() {
        StreamsException failed = new StreamsException(new TopologyException("Topic x is unknown to the topology."));

        assertThat(replacement.handle(failed)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(replacement.handle(new TopologyException("Some other fault.")))
                .isEqualTo(REPLACE_THREAD);
    }

    @Test
    void shouldReplaceAFewThreadsAndThenStop() {
        for (int i = 0; i < ThreadReplacement.MOST; i++) {
            assertThat(replacement.handle(failure)).isEqualTo(REPLACE_THREAD);
        }

        assertThat(replacement.handle(failure)).isEqualTo(SHUTDOWN_CLIENT);
        assertThat(registry.get("callweave.threads.failed").counter().count()).isEqualTo(ThreadReplacement.MOST + 1);
    }

    @Test
    void shouldForgetFailuresThatAreLongPast() {
        for (int i = 0; i < ThreadReplacement.MOST; i++) {
            replacement.handle(failure);
        }
        nanoTime += ThreadReplacement.WINDOW.toNanos() + 1;

        assertThat(replacement.handle(failure)).isEqualTo(REPLACE_THREAD);
    }

    @Test
    void shouldNotReplaceTheThreadThatReadsTheDirectory() throws Exception {
        CompletableFuture<StreamThreadExceptionResponse> response = new CompletableFuture<>();

        new Thread(() -> response.complete(replacement.handle(failure)), "app-1-GlobalStreamThread").start();

        assertThat(response.get()).isEqualTo(SHUTDOWN_CLIENT);
    }

    @Test
    void shouldNotReplaceAThreadThatMissesItsTopic() {
        StreamsException missing =
                new StreamsException(new MissingSourceTopicException("Thrown by a test: all is well."));

        assertThat(replacement.handle(missing)).isEqualTo(SHUTDOWN_CLIENT);
    }
}
