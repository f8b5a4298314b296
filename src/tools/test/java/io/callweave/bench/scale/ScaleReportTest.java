package io.callweave.bench.scale;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

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
    void shouldPrintEachPointBesideItsReference() {
        StringWriter out = new StringWriter();

        ScaleText.print(RESULTS, new PrintWriter(out));

        assertThat(out.toString().lines())
                .anyMatch(line -> line.startsWith("live         100,000    101,000 live    50,500 settled  15 % linked"
                        + "    5,000/s (0.50)  CPU  200.0 (2.00)  MB    320    640    960  1,280"))
                .anyMatch(line ->
                        line.endsWith("restart 1.5 s with state, 4.3 s without: 120,000 records, changelogs of 60 MB"))
                .contains("Each further settled call: 1,000 bytes of heap, 2,000 of RocksDB's memory,"
                        + " 3,000 of state directory, 4,000 of changelogs");
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

    @Test
    void shouldDrawAPanelForEachFigure() throws Exception {
        Document picture = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(
                        CurvePicture.svg(RESULTS.of(Curve.SETTLED)).getBytes(UTF_8)));

        assertThat(picture.getElementsByTagName("title").item(0).getTextContent())
                .contains(
                        "By settled calls (5 K, 105 K)",
                        "notifications per second, Callweave: 10,000, 8,000",
                        "CPU s per million, DSL: 500, 500",
                        "disk, MB, changelogs: 120, 520");
        assertThat(picture.getElementsByTagName("polyline").getLength()).isEqualTo(3 + 3 + 2 + 2);
    }

    @Test
    void shouldDrawRestarts() {
        String picture = CurvePicture.svg(RESULTS.of(Curve.RESTORE));

        assertThat(picture).contains("restart, s, state lost: 4.3", "changelogs, MB, changelogs: 60");
    }

    @Test
    void shouldAbbreviateRoundNumbers() {
        assertThat(List.of(0L, 15L, 1_000L, 1_234L, 300_000L, 1_000_000L, 2_500_000L))
                .extracting(CurvePicture::abbreviated)
                .containsExactly("0", "15", "1 K", "1234", "300 K", "1 M", "2.5 M");
    }
}
