package io.callweave.cli.directory;

import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.SettingsOptions;
import io.callweave.cli.common.TopicOptions;
import io.callweave.directory.DirectoryChanges;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.DirectoryTopic;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

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
final class DirectoryDeleteCommand implements Callable<Integer> {

    @Parameters(
            arity = "1..*",
            paramLabel = "ACCOUNT/EXTENSION",
            description = "Ids of an account and an extension of it, with a slash between them.")
    private List<String> keys = List.of();

    @Option(names = "--dry-run", description = "Change nothing, and print what would change.")
    private boolean dryRun;

    @Mixin
    private SettingsOptions settingsOptions =
            new SettingsOptions(KnownSettings.BOOTSTRAP_SERVERS, KnownSettings.TOPICS_PREFIX);

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        Settings settings = settingsOptions.load(System.getenv());
        TopicOptions.quietenKafka();
        PrintWriter messages = Messages.to(spec);
        DirectoryTopic topic = DirectoryCommand.topic(settings, Messages.to(spec));
        DirectoryTopic.Content content = topic.read();
        // What describes no extension can be deleted as well.
        Set<String> there = new LinkedHashSet<>(keys);
        there.removeIf(key ->
                !content.entries().containsKey(key) && !content.unusable().contains(key));
        Set<String> missing = new LinkedHashSet<>(keys);
        missing.removeAll(there);
        DirectoryChanges changes = DirectoryChanges.deletion(there);
        if (dryRun) {
            DirectoryCommand.print(changes);
        } else if (!changes.isEmpty()) {
            topic.write(changes);
        }
        if (!missing.isEmpty()) {
            messages.println("callweave: Not in the directory: " + String.join(", ", missing)
                    + "; \"callweave directory show\" prints what is.");
        }
        messages.println("callweave: " + Messages.count(there.size(), "extension") + " deleted"
                + (dryRun ? "; nothing was written." : "."));
        return missing.isEmpty() ? ExitStatus.DONE : ExitStatus.FAILED;
    }
}
