package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.common.WrongUsage;
import io.callweave.topology.description.TopologyDocs;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class TopologyCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine topology = new CommandLine(
                    new TopologyCommand(Map.of("CALLWEAVE_TOPICS_PREFIX", "acme.")))
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .setParameterExceptionHandler(WrongUsage::report);

    @Test
    void shouldPrintTheDescription() {
        int status = topology.execute();

        assertThat(status).isZero();
        assertThat(out.toString()).isEqualTo(TopologyDocs.of("acme.").text());
    }

    @Test
    void shouldPrintThePicture() {
        topology.execute("--mermaid", "--topics-prefix=other.");

        assertThat(out.toString()).isEqualTo(TopologyDocs.of("other.").mermaid());
    }

    @Test
    void shouldPrintThePage() {
        topology.execute("--markdown");

        assertThat(out.toString()).isEqualTo(TopologyDocs.of("acme.").markdown());
    }

    @Test
    void shouldPrintOneSubTopologyWhenTheBridgePartitionsByAccount() {
        topology.execute("--bridge-partition-by=account");

        assertThat(out.toString())
                .contains("Processor: merge-own", "Sub-topology: 0")
                .doesNotContain("Sub-topology: 1\n");
    }

    @Test
    void shouldPrintNoSinkOfAnOutputThatIsOff() {
        topology.execute("--topics-live-calls=off", "--mermaid");

        assertThat(out.toString()).contains("topic_acme_calls").doesNotContain("live");
    }

    @Test
    void shouldPrintThePageOfTheDefaultWithAnySettings() {
        topology.execute("--markdown", "--bridge-partition-by=account", "--topics-live-calls=off");

        assertThat(out.toString()).isEqualTo(TopologyDocs.of("acme.").markdown());
    }

    @Test
    void shouldPrintOneOfThem() {
        int status = topology.execute("--markdown", "--mermaid");

        assertThat(status).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("--mermaid", "--markdown", "give only one of them");
    }
}
