package io.callweave.operations;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MetersTest {

    private final Meters meters = new Meters();

    @AfterEach
    void close() {
        meters.close();
    }

    @Test
    void shouldLeaveOutWhatWasNotChosen() {
        Counter.builder("kafka.stream.task.dropped.records.total").register(meters.registry());

        assertThat(meters.scrape()).doesNotContain("kafka_stream_task");
    }

    @Test
    void shouldNameThreadsAndClientsTheSameAfterEachStart() {
        Counter.builder("kafka.stream.thread.process.total")
                .tags(Tags.of(
                        "kafka.version",
                        "4.3.1",
                        "thread.id",
                        "callweave-cf295f5d-cb01-41eb-b923-2b3e7aeedcde-StreamThread-1"))
                .register(meters.registry());

        assertThat(meters.scrape()).contains("kafka_stream_thread_process_total{thread_id=\"StreamThread-1\"}");
    }

    @Test
    void shouldTellOfTheJavaMachine() {
        assertThat(meters.scrape()).contains("jvm_memory_used_bytes", "jvm_threads_live_threads", "process_uptime");
    }

    @Test
    void shouldHaveEveryChosenMetricInTheOperatorsDocument() throws Exception {
        String document = Files.readString(Path.of("docs", "operations.md"), StandardCharsets.UTF_8);

        assertThat(Meters.CHOSEN).allSatisfy(name -> assertThat(document).contains("`" + name + "`"));
    }
}
