package io.callweave.listing;

import io.callweave.directory.DirectoryLookup;
import io.callweave.record.TopicValues;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** In which form call records are printed. */
public enum CallFormat {
    /** As they are, one on each line. */
    JSON,
    /** Columns for people, no wider than a terminal. */
    TABLE,
    /** Columns for spreadsheets and databases. */
    CSV;

    /** Nothing if there is no such form. */
    public static Optional<CallFormat> parse(String name) {
        return Arrays.stream(values())
                .filter(format -> format.word().equals(name))
                .findFirst();
    }

    /** All of them, as they are written on the command line. */
    public static List<String> words() {
        return Arrays.stream(values()).map(CallFormat::word).toList();
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Opens a list of calls in this form.
     *
     * @param out closed together with the list
     * @param directory names of extensions, for people
     * @param revisions whether one call can have several records
     * @param width the most columns of a table
     */
    public CallListing to(OutputStream out, DirectoryLookup directory, boolean revisions, int width) {
        return switch (this) {
            case JSON -> new JsonListing(out);
            case TABLE -> new TableListing(out, directory, revisions, width);
            case CSV -> new CsvListing(out, directory);
        };
    }

    /**
     * Opens a list of flat values in this form; they have no table for people, and are JSON instead.
     *
     * @param out closed together with the list
     * @param topic of the values, its name without the prefix
     */
    public CallListing rowsTo(OutputStream out, String topic) {
        return this == CSV ? new RowListing(out, TopicValues.ofTopic(topic).orElseThrow()) : new JsonListing(out);
    }
}
