package io.callweave.cli.directory;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.directory.DirectoryChanges;
import io.callweave.settings.Settings;
import io.callweave.topics.DirectoryTopic;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The command {@code directory delete}: tombstones for extensions on the topic {@code directory}. */
@Command(
        name = "delete",
        description = {
            "Delete extensions from the directory.",
            "Missing ones are named, and the status is 1; the others are deleted."
        },
        footer = {
            "",
            "Examples:",
            "  callweave directory delete 809646016/62242421016 --dry-run --bootstrap-servers=kafka-1:9092"
        })
final class DirectoryDeleteCommand extends DirectoryChangeCommand {

    @Parameters(
            arity = "1..*",
            paramLabel = "ACCOUNT/EXTENSION",
            description = "Ids of an account and an extension of it, with a slash between them.")
    private List<String> keys = List.of();

    @Override
    protected int onCluster(Settings settings) throws IOException {
        DirectoryTopic topic = DirectoryCommand.topic(settings, messages());
        DirectoryTopic.Content content = topic.read();
        // What describes no extension can be deleted as well.
        Set<String> there = new LinkedHashSet<>(keys);
        there.removeIf(key ->
                !content.entries().containsKey(key) && !content.unusable().contains(key));
        Set<String> missing = new LinkedHashSet<>(keys);
        missing.removeAll(there);
        DirectoryChanges changes = DirectoryChanges.deletion(there);
        apply(changes, topic);
        if (!missing.isEmpty()) {
            say("Not in the directory: " + String.join(", ", missing)
                    + "; \"callweave directory show\" prints what is.");
        }
        say(Messages.count(there.size(), "extension") + " deleted" + written());
        return missing.isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
    }
}
