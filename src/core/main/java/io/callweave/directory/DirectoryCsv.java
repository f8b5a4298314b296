package io.callweave.directory;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.callweave.value.CsvText;
import java.io.IOException;
import java.io.Writer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Extensions as CSV: a line of headings, which name the columns in any order, and a line for each extension.
 *
 * @param columns that the file has; it says nothing about the others
 * @param entries of the valid lines, in their order
 * @param faults a sentence for each invalid line, with its number
 * @param unused headings that name no column
 */
public record DirectoryCsv(
        Set<DirectoryColumn> columns, List<DirectoryEntry> entries, List<String> faults, List<String> unused) {

    private static final Pattern LINE = Pattern.compile("line ([0-9]+)");

    public DirectoryCsv {
        columns = Set.copyOf(columns);
        entries = List.copyOf(entries);
        faults = List.copyOf(faults);
        unused = List.copyOf(unused);
    }

    /**
     * Reads a whole file.
     *
     * @param csv the whole text, see {@link DirectoryText}
     * @param separator between the fields of a line; null to detect it: comma, semicolon or tab
     * @param account of the lines that name none; null if every line must name one
     * @throws DirectoryException if no line can be read: a wrong heading, or text that is not CSV. The message is a
     *     clause
     */
    public static DirectoryCsv read(String csv, @Nullable Character separator, @Nullable String account) {
        try {
            Iterator<CsvRecord> lines = CsvReader.builder()
                    .fieldSeparator(separator == null ? Separator.find(csv) : separator)
                    .allowUnclosedQuote(false)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(csv)
                    .iterator();
            if (!lines.hasNext()) {
                throw new DirectoryException(
                        "it is empty; the first line must name the columns " + DirectoryColumn.titles());
            }
            DirectoryLines read = new DirectoryLines(new Headings(lines.next(), separator, account), account);
            lines.forEachRemaining(read::line);
            return read.csv();
        } catch (CsvParseException e) {
            throw new DirectoryException(
                    place(e) + " is not CSV; a quote in it is not closed, or does not end its field", e);
        }
    }

    /** The library gives it only in its message. */
    private static String place(CsvParseException fault) {
        Matcher line = LINE.matcher(String.valueOf(fault.getMessage()));
        return line.find() ? line.group() : "it";
    }

    /**
     * The entries, with the known values of columns that the file does not have: a list of names alone says nothing
     * about departments.
     *
     * @param known entries by key
     */
    public List<DirectoryEntry> onto(Map<String, DirectoryEntry> known) {
        return entries.stream()
                .map(entry -> {
                    DirectoryEntry before = known.get(entry.key());
                    return before == null ? entry : merged(entry, before);
                })
                .toList();
    }

    private DirectoryEntry merged(DirectoryEntry entry, DirectoryEntry before) {
        return new DirectoryEntry(
                entry.accountId(),
                entry.extensionId(),
                source(DirectoryColumn.NAME, entry, before).name(),
                source(DirectoryColumn.TYPE, entry, before).type(),
                source(DirectoryColumn.SITE, entry, before).site(),
                source(DirectoryColumn.DEPARTMENT, entry, before).department(),
                source(DirectoryColumn.TIME_ZONE, entry, before).timeZone());
    }

    private DirectoryEntry source(DirectoryColumn column, DirectoryEntry entry, DirectoryEntry before) {
        return columns.contains(column) ? entry : before;
    }

    /** Writes entries in the form that {@link #read} accepts, with marks for what would not be seen, and no formulas. */
    public static void write(Collection<DirectoryEntry> entries, Writer out) throws IOException {
        CsvWriter csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.LF)
                .quoteStrategy(CsvText.QUOTES)
                .build(out);
        List<DirectoryColumn> columns = Arrays.asList(DirectoryColumn.values());
        csv.writeRecord(columns.stream().map(DirectoryColumn::title).toList());
        for (DirectoryEntry entry : entries) {
            csv.writeRecord(
                    columns.stream().map(column -> shown(column.in(entry))).toArray(String[]::new));
        }
        csv.flush();
    }

    private static @Nullable String shown(@Nullable String value) {
        return value == null ? null : CsvText.of(value);
    }
}
