package io.callweave.cli;

import io.callweave.local.LocalException;
import io.callweave.operations.Cluster;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topology.Topic;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code directory}: names its subcommands. */
@Command(
        name = "directory",
        description = "Load or show the directory: names, sites and departments of extensions.",
        subcommands = {DirectoryLoadCommand.class, DirectoryShowCommand.class},
        footer = {
            "",
            "Examples:",
            "  callweave directory load extensions.csv --bootstrap-servers=kafka-1:9092",
            "  callweave directory show --bootstrap-servers=kafka-1:9092 > extensions.csv"
        })
final class DirectoryCommand implements Runnable {

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public void run() {
        throw WrongUsage.of(spec, "Name what to do with the directory: load or show.");
    }

    /**
     * The name of its topic, which is there.
     *
     * @throws LocalException if it is not
     */
    static String topic(Settings settings) {
        String name = Topic.DIRECTORY.name(settings.get(KnownSettings.TOPICS_PREFIX));
        try (Cluster cluster = ClusterSettings.connect(settings)) {
            if (!cluster.topics(List.of(name)).containsKey(name)) {
                throw new LocalException(name + " is missing; \"callweave topics create\" makes it.");
            }
        }
        return name;
    }
}
