package io.callweave.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ScaleReportTest {

    private static final ScaleResults RESULTS = ScaleSamples.results();

    @Test
    void shouldTellWhatASettledCallTakes() {
        // 100 MB more for 100,000 calls more.
        assertThat(RESULTS.perSettledCall()).contains(new Footprint.PerCall(1_000, 2_000, 3_000, 4_000));
    }

    @Test
    void shouldTellWhatALiveCallTakesWithoutTheSettledOnes() {
        // 300 MB more, of which 50,000 settled calls take 50, for 100,000 live calls more.
        assertThat(RESULTS.perLiveCall()).contains(new Footprint.PerCall(2_500, 5_000, 7_500, 10_000));
    }

    @Test
    void shouldTellNothingOfLiveCallsIfSettledOnesAreUnknown() {
        ScaleResults live = new ScaleResults(RESULTS.options(), RESULTS.of(Curve.LIVE));

        assertThat(live.perLiveCall()).isEmpty();
    }

    @Test
    void shouldWriteEveryRoundForPrograms() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        ScaleJson.write(RESULTS, out);

        JsonNode json = new ObjectMapper().readTree(out.toByteArray());
        assertThat(json.path("curves").fieldNames()).toIterable().containsExactly("live", "settled", "restore");
        JsonNode point = json.at("/curves/live/points/1");
        assertThat(point.at("/callweave/perSecond")).hasToString("[5000.0]");
        assertThat(point.at("/reference/cpuSecondsPerMillion")).hasToString("[100.0]");
        assertThat(point.at("/bytes/state").asLong()).isEqualTo(960_000_000);
        assertThat(json.at("/curves/restore/points/0/restart/secondsWithoutState")
                        .asDouble())
                .isEqualTo(4.25);
        assertThat(json.at("/bytesPerLiveCall/heap").asDouble()).isEqualTo(2_500);
        assertThat(json.at("/machine/processors").asInt()).isPositive();
    }
}
