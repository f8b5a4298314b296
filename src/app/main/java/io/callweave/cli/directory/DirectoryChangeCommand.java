package io.callweave.cli.directory;

import io.callweave.cli.common.Output;
import io.callweave.cli.role.ClusterCommand;
import io.callweave.directory.DirectoryChanges;
import io.callweave.settings.Setting;
import io.callweave.topics.DirectoryTopic;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/** A command that changes the directory, or with {@code --dry-run} only says what it would change. */
abstract class DirectoryChangeCommand extends ClusterCommand {

    @Option(names = "--dry-run", description = "Change nothing, and print what would change.")
    private boolean dryRun;

    /** @param further settings that the help shows beside those of the cluster */
    DirectoryChangeCommand(Setting<?>... further) {
        super(further);
    }

    final void apply(DirectoryChanges changes, DirectoryTopic topic) throws IOException {
        apply(changes, topic::write);
    }

    /** @param writes the changes */
    final void apply(DirectoryChanges changes, Consumer<DirectoryChanges> writes) throws IOException {
        if (!dryRun) {
            if (!changes.isEmpty()) {
                writes.accept(changes);
            }
            return;
        }
        // Names are UTF-8, whatever the terminal's encoding is.
        try (Writer out = new OutputStreamWriter(Output.stdoutOr(null), StandardCharsets.UTF_8)) {
            for (String line : changes.inWords()) {
                out.write(line + "\n");
            }
        }
    }

    /** The end of the sentence about the changes. */
    final String written() {
        return dryRun ? "; nothing was written." : ".";
    }
}
