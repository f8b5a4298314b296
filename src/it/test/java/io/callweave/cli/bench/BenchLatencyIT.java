package io.callweave.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.bench.throughput.BenchBroker;
import io.callweave.bench.throughput.Product;
import io.callweave.bench.throughput.Site;
import io.callweave.bench.throughput.StreamsApplication;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.topics.Topics;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command {@code bench latency} on a broker. The bench itself checks that each notification led to an event. */
@Tag("full")
class BenchLatencyIT {

    /** The default of {@code ordering.gap-grace}. */
    private static final double GRACE_MS = 500;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine callweave =
            Callweave.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @Test
    void shouldMeasureApartWhatFollowsALostNotification() throws IOException {
        Path file = directory.resolve("figures.json");

        execute("--lost=0.1", "--json=" + file);

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        JsonNode afterLost = json.path("partyEventsAfterLost");
        int others = json.at("/partyEvents/number").asInt();
        assertThat(afterLost.path("number").asInt()).isPositive();
        assertThat(afterLost.path("number").asInt() + others).isLessThan(300);
        assertThat(json.at("/calls/number").asInt()).isPositive();
        assertThat(afterLost.path("p50Ms").asDouble()).isGreaterThanOrEqualTo(GRACE_MS);
        assertThat(out.toString().lines()).anyMatch(line -> line.matches("partyEvents number +" + others));
        assertThat(json.at("/input/lostShare").asDouble()).isEqualTo(0.1);
        assertThat(json.path("day").asText()).matches("\\d{4}-\\d{2}-\\d{2}");
    }

    @Test
    void shouldMeasureAnInstallationThatRunsElsewhere() throws Exception {
        Path file = directory.resolve("figures.json");
        try (BenchBroker broker = new BenchBroker(directory)) {
            Site site = new Site("elsewhere", "live", broker.servers(), 2, 1, directory.resolve("state"), 0, false);
            Topics.create(broker.admin(), site.prefix(), 2, (short) 1, Topics.Variant.STANDARD);
            StreamsApplication elsewhere = Product.BY_SESSION.live(site);
            elsewhere.start(0, 0, false);
            try {
                execute(
                        "--bootstrap-servers=" + broker.servers(),
                        "--topics-prefix=" + site.prefix(),
                        "--json=" + file);
            } finally {
                elsewhere.stop();
            }
        }

        JsonNode json = new ObjectMapper().readTree(file.toFile());
        assertThat(json.at("/partyEvents/number").asInt()).isEqualTo(300);
        assertThat(json.at("/calls/number").asInt()).isPositive();
        assertThat(json.has("recordsPerNotification")).isFalse();
    }

    private void execute(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "bench", "latency", "--rate=100", "--warm-up=1", "--seconds=3", "--partitions=2", "--accounts=3"));
        arguments.addAll(List.of(more));

        int status = callweave.execute(arguments.toArray(String[]::new));

        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
    }
}
