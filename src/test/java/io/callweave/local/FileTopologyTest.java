package io.callweave.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.topology.time.UndoneWorkException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FileTopologyTest {

    @Test
    void shouldSayWhatToDoWhenWorkWasUndone() {
        Throwable wrapped = new StreamsException("Exception caught in process", new UndoneWorkException());

        assertThat(FileTopology.sentence(new ExecutionException(wrapped)))
                .isEqualTo("Kafka Streams has undone work of this run, which cannot be taken up again. Run it again.");
    }

    @Test
    void shouldNameAnyOtherFailure() {
        Throwable failure = new StreamsException("No disk");

        assertThat(FileTopology.sentence(new ExecutionException(failure)))
                .isEqualTo("The topology failed: org.apache.kafka.streams.errors.StreamsException: No disk.");
    }
}
