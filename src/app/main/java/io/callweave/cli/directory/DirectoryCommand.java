package io.callweave.cli.directory;

import io.callweave.cli.common.CommandGroup;
import io.callweave.cli.role.ClusterSettings;
import io.callweave.files.LocalException;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.DirectoryTopic;
import io.callweave.topics.Topic;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;

/** The command {@code directory}: names its subcommands. */
@Command(
        name = "directory",
        description = "Read names, sites and departments of extensions from RingCentral, or load, show or delete them.",
        subcommands = {
            DirectorySyncCommand.class,
            DirectoryLoadCommand.class,
            DirectoryShowCommand.class,
            DirectoryDeleteCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  callweave directory sync --bootstrap-servers=kafka-1:9092",
            "  callweave directory load extensions.csv --bootstrap-servers=kafka-1:9092",
            "  callweave directory show --bootstrap-servers=kafka-1:9092 > extensions.csv",
            "  callweave directory delete 809646016/62242421016 --bootstrap-servers=kafka-1:9092"
        })
public final class DirectoryCommand extends CommandGroup {

    public DirectoryCommand() {
        super("Name what to do with the directory: sync, load, show or delete.");
    }

    /**
     * Its topic, which is there; nothing makes it on the way.
     *
     * @throws LocalException if it is not
     */
    static DirectoryTopic topic(Settings settings, PrintWriter messages) {
        String name = Topic.DIRECTORY.name(settings.get(KnownSettings.TOPICS_PREFIX));
        ClusterSettings.needTopics(settings, List.of(name), messages);
        return new DirectoryTopic(settings.kafkaClientOptions(), name);
    }
}
