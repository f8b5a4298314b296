package io.callweave.cli.directory;

import io.callweave.cli.common.DataLines;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Output;
import io.callweave.cli.role.ClusterCommand;
import io.callweave.directory.DirectoryColumn;
import io.callweave.directory.DirectoryCsv;
import io.callweave.directory.DirectoryEntry;
import io.callweave.settings.Settings;
import io.callweave.topics.DirectoryTopic;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code directory show}: what is on the topic {@code directory}, as the CSV that {@code load} takes. */
@Command(
        name = "show",
        description = "Print the extensions that are known, as CSV that \"directory load\" takes.",
        footer = {"", "Examples:", "  callweave directory show --account 809646016 --bootstrap-servers=kafka-1:9092"})
final class DirectoryShowCommand extends ClusterCommand {

    @Option(names = "--account", paramLabel = "ID", description = "Those of this account only.")
    private @Nullable String account;

    @Option(
            names = "--json",
            description = "Print JSON: an array of {account, extension, name, type, site, department, timeZone}.")
    private boolean json;

    @Override
    protected int onCluster(Settings settings) throws IOException {
        DirectoryTopic.Content content =
                DirectoryCommand.topic(settings, messages()).read();
        List<DirectoryEntry> entries = content.entries().values().stream()
                .filter(entry -> account == null || account.equals(entry.accountId()))
                .toList();
        // As "load" reads it, whatever the terminal's encoding is.
        try (PrintWriter out = new PrintWriter(new OutputStreamWriter(Output.stdoutOr(null), StandardCharsets.UTF_8))) {
            if (json) {
                new DataLines(out)
                        .json(entries.stream()
                                .map(DirectoryShowCommand::element)
                                .toList());
            } else {
                DirectoryCsv.write(entries, out);
            }
        }
        if (!content.unusable().isEmpty()) {
            say("No extension is described by what is under " + String.join(", ", content.unusable()) + ".");
        }
        return ExitStatus.DONE;
    }

    private static Map<String, @Nullable Object> element(DirectoryEntry entry) {
        Map<String, @Nullable Object> element = new LinkedHashMap<>();
        for (DirectoryColumn column : DirectoryColumn.values()) {
            element.put(column.title(), column.in(entry));
        }
        return element;
    }
}
