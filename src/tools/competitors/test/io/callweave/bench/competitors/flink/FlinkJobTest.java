package io.callweave.bench.competitors.flink;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.bench.competitors.Competitor;
import io.callweave.bench.traffic.CallTemplate;
import io.callweave.bench.traffic.CallTemplates;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FlinkJobTest {

    /** A session can end in the middle of its call. The watermark never passes an event that is still to be read. */
    @ParameterizedTest
    @EnumSource(
            value = Competitor.class,
            names = {"FLINK_HEAP", "FLINK_ROCKSDB"})
    void shouldKeepASessionUntilItsCallIsOver(Competitor competitor) {
        CallTemplates templates = CallTemplates.make();

        assertThat(Stream.of(templates.linked(), templates.unlinked(), templates.brief())
                        .flatMap(List::stream)
                        .mapToLong(CallTemplate::duration))
                .isNotEmpty()
                .allMatch(duration -> duration <= FlinkJob.kept(competitor).toMillis());
    }
}
