package io.callweave.cli.export;

import io.callweave.cli.common.DirectoryOption;
import io.callweave.cli.common.Messages;
import io.callweave.cli.common.PeriodOptions;
import io.callweave.cli.common.WrongUsage;
import io.callweave.directory.DirectoryEntry;
import io.callweave.export.ExportFormat;
import io.callweave.export.ExportKind;
import io.callweave.export.ExportSelection;
import io.callweave.settings.Settings;
import io.callweave.settings.value.Spelling;
import io.callweave.verify.CallKeys;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The options of {@code export}, and what is wrong with them, in a sentence. */
final class ExportOptions {

    @Parameters(
            arity = "0..*",
            paramLabel = "FILE",
            description = "Notifications, one a line; - is the standard input. Without files: the topics of a cluster.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = "--what",
            paramLabel = "KIND",
            split = ",",
            completionCandidates = Kinds.class,
            description = "calls, rows, windows or events; several with commas between them (calls).")
    private List<String> what = new ArrayList<>();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            completionCandidates = Formats.class,
            description = "ndjson, csv or parquet (by the name of the file, else ndjson).")
    private @Nullable String format;

    @Option(
            names = "--out",
            paramLabel = "OUT",
            description = "Write to this file, or to files such as calls.csv in this directory, instead of stdout.")
    private @Nullable Path out;

    @Mixin
    private PeriodOptions period = new PeriodOptions();

    @Option(
            names = "--keys",
            paramLabel = "FILE",
            description = "Only the calls whose keys are in this file, as verify writes it; superseded ones, too.")
    private @Nullable Path keys;

    @Option(
            names = "--final",
            description = "Export the last value of each key, without superseded calls (the default).")
    private boolean last;

    @Option(names = "--revisions", description = "Export every revision that is still on the topic.")
    private boolean revisions;

    @Mixin
    private DirectoryOption directory = new DirectoryOption();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    /** For completion. */
    static final class Kinds extends ArrayList<String> {

        private static final long serialVersionUID = 1;

        Kinds() {
            super(ExportKind.words());
        }
    }

    /** For completion. */
    static final class Formats extends ArrayList<String> {

        private static final long serialVersionUID = 1;

        Formats() {
            super(ExportFormat.words());
        }
    }

    /** What is exported, calls if nothing is named. */
    List<ExportKind> kinds() {
        List<ExportKind> kinds = new ArrayList<>();
        for (String word : what) {
            ExportKind kind = ExportKind.parse(word)
                    .orElseThrow(() -> WrongUsage.of(
                            spec,
                            "--what is \"" + word + "\"; it must be one of " + String.join(", ", ExportKind.words())
                                    + ", or several with commas between them."
                                    + Spelling.question(word, ExportKind.words())));
            if (!kinds.contains(kind)) {
                kinds.add(kind);
            }
        }
        return kinds.isEmpty() ? List.of(ExportKind.CALLS) : kinds;
    }

    ExportSelection selection(Settings settings) {
        return new ExportSelection(
                period.period(settings), period.account(), revisions, keys == null ? null : CallKeys.read(keys));
    }

    /** Refuses what does not go together. */
    void check() {
        if (revisions && last) {
            throw WrongUsage.of(spec, "--revisions and --final exclude each other; give only one of them.");
        }
        if (keys != null && (!files.isEmpty() || !kinds().equals(List.of(ExportKind.CALLS)))) {
            throw WrongUsage.of(spec, "--keys is for calls of a cluster; give no files, and no --what but calls.");
        }
        if (revisions && !files.isEmpty()) {
            throw WrongUsage.of(
                    spec,
                    "Files have no revisions; \"callweave run\" or \"callweave assemble --revisions\" makes them.");
        }
    }

    /** Where it goes, if that can be written. */
    ExportOutput output(List<ExportKind> kinds) {
        return ExportOutput.of(spec, format, out, kinds, directory.checkedWith(files, spec));
    }

    /** Files of notifications; none: the topics of a cluster. */
    List<String> files() {
        return files;
    }

    /** The directory of names; empty without one. */
    List<DirectoryEntry> extensions() {
        return directory.extensions(Messages.to(spec));
    }
}
