package io.callweave.directory;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the first line of a CSV file names. */
final class Headings {

    private final long line;
    private final List<String> all = new ArrayList<>();
    private final Map<DirectoryColumn, Integer> places = new EnumMap<>(DirectoryColumn.class);
    private final List<String> unused = new ArrayList<>();

    /**
     * Reads them.
     *
     * @param separator that the user has named; null if it was found
     * @param account that the user has named; null if the file has to
     * @throws DirectoryException if a column is missing, or named twice
     */
    Headings(CsvRecord first, @Nullable Character separator, @Nullable String account) {
        this.line = first.getStartingLineNumber();
        for (String field : first.getFields()) {
            String heading = field.strip();
            DirectoryColumn column = DirectoryColumn.of(heading).orElse(null);
            if (column == null) {
                unused.add(heading);
            } else if (places.put(column, all.size()) != null) {
                throw new DirectoryException("line " + line + " names the column " + column.title() + " twice");
            }
            all.add(heading);
        }
        need(DirectoryColumn.EXTENSION, "", separator);
        if (account == null) {
            need(DirectoryColumn.ACCOUNT, ", and no --account is given", separator);
        }
    }

    private void need(DirectoryColumn column, String more, @Nullable Character separator) {
        if (!places.containsKey(column)) {
            throw new DirectoryException("line " + line + " names no column " + column.title()
                    + more + "; there can be " + DirectoryColumn.titles() + ", with "
                    + (separator == null ? "a comma, a semicolon or a tab" : Separator.inWords(separator))
                    + " between them");
        }
    }

    /** The number of their line. */
    long line() {
        return line;
    }

    /** How many there are, with those of columns that mean nothing here. */
    int size() {
        return all.size();
    }

    List<String> unused() {
        return unused;
    }

    /** Where the fields of the columns are in each line. */
    Map<DirectoryColumn, Integer> places() {
        return places;
    }

    /** The heading as it stands in the file. */
    String of(DirectoryColumn column) {
        Integer place = places.get(column);
        return place == null ? column.title() : all.get(place);
    }
}
