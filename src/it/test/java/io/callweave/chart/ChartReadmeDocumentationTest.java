package io.callweave.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ChartReadmeDocumentationTest {

    private static final Path PAGE = Chart.SOURCE.resolve("README.md");

    private final ChartValues values = ChartValues.read();

    @Test
    void shouldDescribeEveryValue() throws IOException {
        String made = values.page();
        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.writeString(PAGE, made);
        }

        assertThat(PAGE)
                .as("helm/callweave/README.md is stale; to write it anew: "
                        + "mvn test -Dtest='Chart*DocumentationTest' -Dcallweave.write-docs=true")
                .hasContent(made);
    }

    @Test
    void shouldHaveADefaultForEveryValueInTheSchemaAndTheOtherWayRound() {
        assertThat(values.defaults()).isEqualTo(values.described());
    }

    @Test
    void shouldHaveADescriptionForEveryValue() {
        assertThat(values.withoutDescription()).isEmpty();
    }
}
