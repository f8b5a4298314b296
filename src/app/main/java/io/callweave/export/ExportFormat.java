package io.callweave.export;

import io.callweave.directory.DirectoryLookup;
import io.callweave.export.parquet.ParquetListing;
import io.callweave.listing.CallFormat;
import io.callweave.listing.CallListing;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In which form values are exported. */
public enum ExportFormat {
    /** The values as they are on their topic, one on each line. */
    NDJSON,
    CSV,
    PARQUET;

    /** Nothing if there is no such form. */
    public static Optional<ExportFormat> parse(String word) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(word))
                .findFirst();
    }

    /** All of them, as they are written on the command line; they are extensions of files as well. */
    public static List<String> words() {
        return Arrays.stream(values()).map(ExportFormat::word).toList();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Opens a list of values in this form.
     *
     * @param out closed together with the list
     * @param directory names of queues, for CSV
     */
    public CallListing to(OutputStream out, ExportKind kind, DirectoryLookup directory) throws IOException {
        return switch (this) {
            case NDJSON -> CallFormat.JSON.rowsTo(out, kind.topic().suffix());
            case CSV ->
                kind == ExportKind.CALLS
                        ? CallFormat.CSV.to(out, directory, false, 0)
                        : CallFormat.CSV.rowsTo(out, kind.topic().suffix());
            case PARQUET -> ParquetListing.open(out, kind.type());
        };
    }
}
