package io.callweave.cli.common;

import io.callweave.directory.DirectoryCsv;
import io.callweave.directory.DirectoryEntry;
import io.callweave.files.FileNotifications;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The names of extensions for a command that reads calls. */
public final class DirectoryOption {

    @Option(
            names = "--directory",
            paramLabel = "CSV",
            description = "Names, sites and departments of extensions, as \"directory load\" takes them.")
    private @Nullable String file;

    public boolean isGiven() {
        return file != null;
    }

    /**
     * All that the command reads: these files, and that of the option.
     *
     * @throws RuntimeException if a file cannot be read, or if both are the standard input; one sentence
     */
    public List<String> checkedWith(List<String> files, CommandSpec spec) {
        if (FileNotifications.STDIN.equals(file) && files.contains(FileNotifications.STDIN)) {
            throw WrongUsage.of(spec, "Notifications and --directory cannot both be the standard input.");
        }
        FileNotifications.check(files);
        return Stream.concat(files.stream(), Stream.ofNullable(file)).toList();
    }

    /** The extensions; none if the option is not given. */
    public List<DirectoryEntry> extensions(PrintWriter messages) {
        String given = file;
        if (given == null) {
            return List.of();
        }
        DirectoryCsv csv = DirectoryFile.read(given, null, null);
        DirectoryFile.report(csv, messages);
        DirectoryFile.refuseFaults(given, csv);
        return csv.entries();
    }
}
