package io.callweave.cli.directory;

import io.callweave.cli.common.DirectoryFile;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Messages;
import io.callweave.directory.DirectoryChanges;
import io.callweave.directory.DirectoryColumn;
import io.callweave.directory.DirectoryCsv;
import io.callweave.settings.Settings;
import io.callweave.topics.DirectoryTopic;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The command {@code directory load}: a CSV of extensions to the topic {@code directory}. */
@Command(
        name = "load",
        description = {
            "Load extensions from a CSV file, and say what has changed.",
            "The first line names the columns, in any order: account, extension, name, type (user, queue or ivr), site,"
                    + " department, timeZone. A column that is not there leaves what is known. If a line is wrong, nothing is loaded."
        },
        footer = {
            "",
            "Examples:",
            "  callweave directory load extensions.csv --bootstrap-servers=kafka-1:9092",
            "  callweave directory load users.csv --account 809646016 --replace --dry-run \\",
            "      --bootstrap-servers=kafka-1:9092"
        })
final class DirectoryLoadCommand extends DirectoryChangeCommand {

    private static final String TAB = "tab";

    @Parameters(paramLabel = "FILE", description = "The CSV file, in UTF-8; - is the standard input.")
    private String file = "";

    @Option(names = "--account", paramLabel = "ID", description = "The account of lines that name none.")
    private @Nullable String account;

    @Option(
            names = "--separator",
            paramLabel = "CHAR",
            description =
                    "What stands between the fields: one character, or tab; found in the first line if not given.")
    private @Nullable String separator;

    @Option(
            names = "--replace",
            description = "Delete the extensions that are not in the file, of the accounts that are in it.")
    private boolean replace;

    @Option(names = "--skip-wrong-lines", description = "Load the other lines if some are wrong.")
    private boolean skipWrongLines;

    @Override
    protected int onCluster(Settings settings) throws IOException {
        checkOptions();
        DirectoryCsv csv = DirectoryFile.read(file, separator(), account);
        DirectoryFile.report(csv, messages());
        if (!skipWrongLines) {
            DirectoryFile.refuseFaults(file, csv);
        }
        DirectoryTopic topic = DirectoryCommand.topic(settings, messages());
        DirectoryTopic.Content before = topic.read();
        DirectoryChanges changes =
                DirectoryChanges.between(before.loaded(), before.unusable(), csv.onto(before.entries()), replace);
        apply(changes, topic);
        say(Messages.count(csv.entries().size(), "extension") + " read: "
                + changes.added().size() + " new, " + changes.changed().size() + " changed, " + changes.unchanged()
                + " as they were; " + changes.deleted().size() + " deleted"
                + (csv.faults().isEmpty()
                        ? ""
                        : "; wrong lines: " + csv.faults().size())
                + written());
        return ExitStatus.DONE;
    }

    /** Null where the first line tells it. */
    private @Nullable Character separator() {
        if (separator == null) {
            return null;
        }
        return separator.equals(TAB) ? '\t' : separator.charAt(0);
    }

    private void checkOptions() {
        String between = separator;
        if (between != null && !between.equals(TAB) && (between.length() != 1 || "\"\r\n".contains(between))) {
            throw wrong("--separator is \"" + between + "\"; it must be one character, or tab.");
        }
        if (account != null && !DirectoryColumn.isId(account)) {
            throw wrong("--account is \"" + account + "\"; it must be the id of an account, digits only.");
        }
        if (replace && skipWrongLines) {
            throw wrong(
                    "--replace and --skip-wrong-lines exclude each other: extensions of wrong lines would be deleted.");
        }
    }
}
