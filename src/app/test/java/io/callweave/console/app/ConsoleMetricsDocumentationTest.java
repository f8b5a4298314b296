package io.callweave.console.app;

import io.callweave.meter.MetricsTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsoleMetricsDocumentationTest {

    @Test
    void shouldBeInTheOperatorsTable() throws IOException {
        MetricsTable.assertOn(
                Path.of("docs", "console.md"),
                "callweave_console_",
                List.of(ConsoleMetric.values()),
                getClass().getSimpleName());
    }
}
