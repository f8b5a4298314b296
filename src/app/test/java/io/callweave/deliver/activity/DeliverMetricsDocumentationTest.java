package io.callweave.deliver.activity;

import io.callweave.meter.MetricsTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliverMetricsDocumentationTest {

    @Test
    void shouldBeInTheOperatorsTable() throws IOException {
        MetricsTable.assertOn(
                Path.of("docs", "deliver.md"),
                "callweave_deliver_",
                List.of(DeliverMetric.values()),
                getClass().getSimpleName());
    }
}
