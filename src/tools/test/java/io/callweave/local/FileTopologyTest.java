package io.callweave.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.files.LocalException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class FileTopologyTest {

    @Test
    void shouldSayASentenceOfOursAsItIs() {
        LocalException ours = new LocalException("Run it again.");

        assertThat(FileTopology.told(new ExecutionException(ours))).isSameAs(ours);
    }

    @Test
    void shouldNameAnyOtherFailure() {
        Throwable failure = new StreamsException("No disk");

        assertThat(FileTopology.told(new ExecutionException(failure)))
                .hasMessage("The topology failed: org.apache.kafka.streams.errors.StreamsException: No disk.");
    }
}
