package io.callweave.bench.competitors;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class CompetitorClientTest {

    private static final String ALL =
            "classes:lib/kafka-clients-4.3.1.jar:lib/rocksdbjni-10.1.3.jar:lib/frocksdbjni-8.10.0.jar:lib/flink-core.jar";

    @Test
    void shouldGiveFlinkItsOwnRocksDbAndKafkaClients() {
        assertThat(CompetitorClient.classPath(ALL, Competitor.Kind.FLINK, "flink"))
                .isEqualTo("flink/*:classes:lib/frocksdbjni-8.10.0.jar:lib/flink-core.jar");
    }

    @Test
    void shouldGiveTheOthersTheLibrariesOfTheProduct() {
        assertThat(CompetitorClient.classPath(ALL, Competitor.Kind.STREAMS, "flink"))
                .isEqualTo("classes:lib/kafka-clients-4.3.1.jar:lib/rocksdbjni-10.1.3.jar:lib/flink-core.jar");
    }

    @Test
    void shouldReadTheSiteThatItWasStartedWith() {
        CompetitorSite site = new CompetitorSite(
                Competitor.POSTGRESQL_ALL,
                "in",
                "out.",
                "group",
                "localhost:1",
                12,
                2,
                Path.of("state"),
                86_400_000,
                "jdbc:postgresql://x");

        assertThat(CompetitorSite.of(site.arguments().toArray(String[]::new))).isEqualTo(site);
    }
}
