package io.callweave.directory;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The columns that the first line of a CSV file names. */
final class Headings {

    private final long line;
    private final List<String> all = new ArrayList<>();
    private final Map<DirectoryColumn, Integer> places = new EnumMap<>(DirectoryColumn.class);
    private final List<String> unused = new ArrayList<>();

    /**
     * Reads them.
     *
     * @param separator that the user named; null if it was detected
     * @param account that the user named; null if the file must name it
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

    /** The number of headings, including those that name no column. */
    int size() {
        return all.size();
    }

    List<String> unused() {
        return unused;
    }

    /** The position of each column's field in a line. */
    Map<DirectoryColumn, Integer> places() {
        return places;
    }

    /** The heading as in the file. */
    String of(DirectoryColumn column) {
        Integer place = places.get(column);
        return place == null ? column.title() : all.get(place);
    }
}
