package io.callweave.directory;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.util.Iterator;
import java.util.List;

/** The character between the fields of a line. Spreadsheets use a semicolon where the comma is the decimal point. */
final class Separator {

    private static final List<Character> USUAL = List.of(',', ';', '\t');

    private Separator() {}

    /** Detects the separator: the one that splits the headings into the most known columns. A comma if none does. */
    static char find(String csv) {
        char found = USUAL.get(0);
        long most = 0;
        for (char one : USUAL) {
            long known = columns(csv, one);
            if (known > most) {
                found = one;
                most = known;
            }
        }
        return found;
    }

    private static long columns(String csv, char separator) {
        try {
            Iterator<CsvRecord> lines = CsvReader.builder()
                    .fieldSeparator(separator)
                    .ofCsvRecord(csv)
                    .iterator();
            return lines.hasNext()
                    ? lines.next().getFields().stream()
                            .filter(heading -> DirectoryColumn.of(heading).isPresent())
                            .count()
                    : 0;
        } catch (CsvParseException e) {
            // The caller reports the error.
            return 0;
        }
    }

    static String inWords(char separator) {
        return separator == '\t' ? "tab" : "'" + separator + "'";
    }
}
