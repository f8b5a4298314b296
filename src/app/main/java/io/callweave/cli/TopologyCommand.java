package io.callweave.cli;

import io.callweave.cli.common.SettingsOptions;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.TopicPlan;
import io.callweave.topology.description.TopologyDocs;
import java.io.PrintWriter;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code topology}: what the product runs on Kafka Streams, without a broker. */
@Command(
        name = "topology",
        description = "Print the topology: nodes, stores and topics, as Kafka Streams describes it. "
                + "The settings that change it are topics.prefix, bridge.partition-by and outputs that are off.",
        footer = {"", "Examples:", "  callweave topology", "  callweave topology --mermaid > topology.mmd"})
final class TopologyCommand implements Runnable {

    private final Map<String, String> environment;

    @ArgGroup
    private @Nullable Form form;

    @Mixin
    private SettingsOptions settings = new SettingsOptions();

    @Spec
    private CommandSpec spec;

    /** At most one of these. */
    static final class Form {

        @Option(names = "--mermaid", description = "Print a flowchart for Mermaid instead.")
        private boolean mermaid;

        @Option(
                names = "--markdown",
                description =
                        "Print the page topology-docs/README.md instead, with the default outputs and partitioning.")
        private boolean markdown;
    }

    TopologyCommand() {
        this(System.getenv());
    }

    TopologyCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    public void run() {
        Settings inForce = settings.load(environment);
        String prefix = inForce.get(KnownSettings.TOPICS_PREFIX);
        TopologyDocs topology =
                TopologyDocs.of(prefix, inForce.get(KnownSettings.BRIDGE_PARTITION_BY), TopicPlan.off(inForce));
        PrintWriter out = spec.commandLine().getOut();
        if (form != null && form.mermaid) {
            out.print(topology.mermaid());
        } else if (form != null && form.markdown) {
            out.print(TopologyDocs.of(prefix).markdown());
        } else {
            out.print(topology.text());
        }
        out.flush();
    }
}
