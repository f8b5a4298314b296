package io.callweave.cli.directory;

import io.callweave.cli.common.Output;
import io.callweave.cli.common.WrongUsage;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.directory.DirectoryChanges;
import io.callweave.files.LocalException;
import io.callweave.runtime.startup.Cluster;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.DirectoryTopic;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code directory}: names its subcommands. */
@Command(
        name = "directory",
        description = "Load, show or delete names, sites and departments of extensions.",
        subcommands = {DirectoryLoadCommand.class, DirectoryShowCommand.class, DirectoryDeleteCommand.class},
        footer = {
            "",
            "Examples:",
            "  callweave directory load extensions.csv --bootstrap-servers=kafka-1:9092",
            "  callweave directory show --bootstrap-servers=kafka-1:9092 > extensions.csv",
            "  callweave directory delete 809646016/62242421016 --bootstrap-servers=kafka-1:9092"
        })
public final class DirectoryCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw WrongUsage.of(spec, "Name what to do with the directory: load, show or delete.");
    }

    /**
     * Its topic, which is there; nothing makes it on the way.
     *
     * @throws LocalException if it is not
     */
    static DirectoryTopic topic(Settings settings, PrintWriter messages) {
        String name = Topic.DIRECTORY.name(settings.get(KnownSettings.TOPICS_PREFIX));
        try (Cluster cluster = ClusterSettings.connect(settings, messages)) {
            if (!cluster.topics(List.of(name)).containsKey(name)) {
                throw new LocalException(name + " is missing; \"callweave topics create\" makes it.");
            }
        }
        return new DirectoryTopic(settings.kafkaClientOptions(), name);
    }

    /** Prints names as UTF-8, whatever the terminal's encoding is. */
    static void print(DirectoryChanges changes) throws IOException {
        try (Writer out = new OutputStreamWriter(Output.stdoutOr(null), StandardCharsets.UTF_8)) {
            for (String line : changes.inWords()) {
                out.write(line + "\n");
            }
        }
    }
}
