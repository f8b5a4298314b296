package io.callweave.bridge;

import io.callweave.bridge.activity.BridgeMetric;
import io.callweave.bridge.spool.disk.SpoolMetric;
import io.callweave.meter.Meter;
import io.callweave.meter.MetricsTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BridgeMetricsDocumentationTest {

    @Test
    void shouldBeInTheOperatorsTable() throws IOException {
        List<Meter.Described> metrics = Stream.<Meter.Described>concat(
                        Stream.of(BridgeMetric.values()), Stream.of(SpoolMetric.values()))
                .toList();

        MetricsTable.assertOn(
                Path.of("docs", "bridge.md"),
                "callweave_bridge_",
                metrics,
                getClass().getSimpleName());
    }
}
