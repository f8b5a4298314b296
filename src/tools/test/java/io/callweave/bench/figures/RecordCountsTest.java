package io.callweave.bench.figures;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordCountsTest {

    @ParameterizedTest
    @CsvSource({
        "bench.callweave-account.party-events, party-events",
        "bench-callweave-account-routed-repartition, repartition",
        "bench-callweave-windows-changelog, changelog"
    })
    void shouldNameTopicsAlikeForAllApplications(String topic, String name) {
        assertThat(RecordCounts.topic(topic)).isEqualTo(name);
    }
}
