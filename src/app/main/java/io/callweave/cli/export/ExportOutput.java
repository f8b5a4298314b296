package io.callweave.cli.export;

import io.callweave.cli.common.Output;
import io.callweave.cli.common.WrongUsage;
import io.callweave.directory.DirectoryLookup;
import io.callweave.export.ExportFormat;
import io.callweave.export.ExportKind;
import io.callweave.files.WholeFile;
import io.callweave.listing.CallListing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** The files that an export writes, or the standard output. */
final class ExportOutput {

    /** Names that promise what would not be in the file. */
    private static final Pattern OTHER_FILES = Pattern.compile(
            ".*\\.(xlsx?|ods|gz|zip|zst|tsv|avro|orc|db|duckdb|sqlite|html?)", Pattern.CASE_INSENSITIVE);

    private final ExportFormat format;
    private final @Nullable Path out;
    private final boolean isDirectory;
    private volatile @Nullable WholeFile begun;

    private ExportOutput(ExportFormat format, @Nullable Path out) {
        this.format = format;
        this.out = out;
        isDirectory = out != null && Files.isDirectory(out);
    }

    /** Writes values. */
    @FunctionalInterface
    interface Writing {
        void to(CallListing listing) throws IOException;
    }

    /**
     * Looks whether the outputs can be written, before any work is done.
     *
     * @param word of the format; null: by the name of the output
     * @param named a file or a directory; null or {@code -}: stdout
     */
    static ExportOutput of(
            CommandSpec spec,
            @Nullable String word,
            @Nullable Path named,
            List<ExportKind> kinds,
            List<String> inputs) {
        Path out = named == null || Output.isStdout(named) ? null : named;
        ExportFormat format = format(spec, word, out);
        ExportOutput output = new ExportOutput(format, out);
        if (out == null && format == ExportFormat.PARQUET) {
            throw WrongUsage.of(spec, "Parquet goes to a file; name it, or a directory, with --out.");
        }
        if (kinds.size() > 1 && !output.isDirectory) {
            throw WrongUsage.of(spec, "Several kinds of values go to a directory that is there; name it with --out.");
        }
        Map<String, @Nullable Path> files = new LinkedHashMap<>();
        kinds.forEach(kind -> files.put("--out", output.file(kind)));
        Output.check(inputs, files);
        return output;
    }

    private static ExportFormat format(CommandSpec spec, @Nullable String word, @Nullable Path out) {
        if (word == null) {
            String name = out == null ? "" : String.valueOf(out.getFileName());
            if (OTHER_FILES.matcher(name).matches()) {
                throw WrongUsage.of(
                        spec,
                        "--out is " + out + "; export writes .ndjson, .csv and .parquet. Spreadsheets open .csv.");
            }
            return ExportFormat.parse(name.substring(name.lastIndexOf('.') + 1)).orElse(ExportFormat.NDJSON);
        }
        return ExportFormat.parse(word)
                .orElseThrow(() -> WrongUsage.ofWord(spec, "--format", word, ExportFormat.words()));
    }

    /** Where the values of a kind go; null for stdout. */
    @Nullable
    Path file(ExportKind kind) {
        return out == null || !isDirectory ? out : out.resolve(kind.word() + "." + format.word());
    }

    /** Writes one kind; a file that is not written to its end is deleted. */
    void write(ExportKind kind, DirectoryLookup directory, Writing writing) throws IOException {
        Path file = file(kind);
        if (file == null || (Files.exists(file) && !Files.isRegularFile(file))) {
            try (CallListing listing = format.to(Output.stdoutOr(file), kind, directory)) {
                writing.to(listing);
            }
            return;
        }
        try (WholeFile whole = new WholeFile(file)) {
            begun = whole;
            try (CallListing listing = format.to(Output.to(whole.part()), kind, directory)) {
                writing.to(listing);
            }
            whole.finish();
        }
    }

    /** Deletes the file that is not whole, if there is one; another thread may do it. */
    void abandon() {
        WholeFile file = begun;
        if (file != null) {
            file.close();
        }
    }
}
