package io.callweave.directory;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.CharacterCodingException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Extensions as CSV: a line of headings, which name the columns in any order, and a line for each extension.
 *
 * @param entries of the lines that are right, in their order
 * @param faults a sentence for each line that is wrong, with its number
 * @param unused headings of columns that mean nothing here
 */
public record DirectoryCsv(List<DirectoryEntry> entries, List<String> faults, List<String> unused) {

    private static final int BYTE_ORDER_MARK = 0xFEFF;

    public DirectoryCsv {
        entries = List.copyOf(entries);
        faults = List.copyOf(faults);
        unused = List.copyOf(unused);
    }

    /**
     * Reads all of it.
     *
     * @param csv the whole text; a byte order mark is passed over. Closing it is the caller's work
     * @param separator between the fields of a line
     * @param account of the lines that name none; null if all have to name one
     * @throws DirectoryException if no line can be read: a wrong heading, or a text that is no CSV
     * @throws IOException if reading fails
     */
    public static DirectoryCsv read(Reader csv, char separator, @Nullable String account) throws IOException {
        try {
            Iterator<CsvRecord> lines = CsvReader.builder()
                    .fieldSeparator(separator)
                    .allowUnclosedQuote(false)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(withoutMark(csv))
                    .iterator();
            if (!lines.hasNext()) {
                throw new DirectoryException(
                        "It is empty; the first line must name the columns: " + DirectoryColumn.titles() + ".");
            }
            Reading reading = new Reading(lines.next(), separator, account);
            lines.forEachRemaining(reading::line);
            return new DirectoryCsv(reading.entries, reading.faults, reading.unused);
        } catch (CsvParseException e) {
            // The library says what, and in which line.
            throw new DirectoryException("It is no CSV: " + e.getMessage() + ".", e);
        } catch (CharacterCodingException e) {
            throw new DirectoryException("It is not UTF-8.", e);
        } catch (UncheckedIOException e) {
            if (e.getCause() instanceof CharacterCodingException) {
                throw new DirectoryException("It is not UTF-8.", e);
            }
            throw e.getCause();
        }
    }

    private static Reader withoutMark(Reader csv) throws IOException {
        PushbackReader reader = new PushbackReader(csv);
        int first = reader.read();
        if (first >= 0 && first != BYTE_ORDER_MARK) {
            reader.unread(first);
        }
        return reader;
    }

    /** Writes entries as {@link #read} takes them. */
    public static void write(Collection<DirectoryEntry> entries, Writer out) throws IOException {
        CsvWriter csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(out);
        List<String> titles = new ArrayList<>();
        for (DirectoryColumn column : DirectoryColumn.values()) {
            titles.add(column.title());
        }
        csv.writeRecord(titles);
        for (DirectoryEntry entry : entries) {
            csv.writeRecord(
                    entry.accountId(),
                    entry.extensionId(),
                    entry.name(),
                    entry.type(),
                    entry.site(),
                    entry.department(),
                    entry.timeZone());
        }
        csv.flush();
    }

    /** Goes through the lines. */
    private static final class Reading {

        private final List<String> headings = new ArrayList<>();
        private final Map<DirectoryColumn, Integer> places = new EnumMap<>(DirectoryColumn.class);
        private final @Nullable String account;
        private final Map<String, Long> seen = new HashMap<>();
        private final List<DirectoryEntry> entries = new ArrayList<>();
        private final List<String> faults = new ArrayList<>();
        private final List<String> unused = new ArrayList<>();

        Reading(CsvRecord first, char separator, @Nullable String account) {
            this.account = account;
            for (String field : first.getFields()) {
                String heading = field.strip();
                DirectoryColumn column = DirectoryColumn.of(heading).orElse(null);
                if (column == null) {
                    unused.add(heading);
                } else if (places.put(column, headings.size()) != null) {
                    throw new DirectoryException("Line 1 names the column " + column.title() + " twice.");
                }
                headings.add(heading);
            }
            need(DirectoryColumn.EXTENSION, "", separator);
            if (account == null) {
                need(DirectoryColumn.ACCOUNT, ", and no --account is given", separator);
            }
        }

        private void need(DirectoryColumn column, String more, char separator) {
            if (!places.containsKey(column)) {
                throw new DirectoryException("Line 1 names no column " + column.title() + more + "; there can be "
                        + DirectoryColumn.titles() + ", with '" + separator + "' between them.");
            }
        }

        void line(CsvRecord line) {
            if (line.getFieldCount() != headings.size()) {
                faults.add("Line " + line.getStartingLineNumber() + " has " + line.getFieldCount()
                        + " fields, and line 1 names " + headings.size() + " columns.");
                return;
            }
            Map<DirectoryColumn, String> values = new EnumMap<>(DirectoryColumn.class);
            for (Map.Entry<DirectoryColumn, Integer> place : places.entrySet()) {
                String value = line.getField(place.getValue()).strip();
                if (value.isEmpty()) {
                    continue;
                }
                String fault = place.getKey().check(value);
                if (fault != null) {
                    fault(line, place.getKey(), fault);
                    return;
                }
                values.put(place.getKey(), value);
            }
            if (account != null) {
                values.putIfAbsent(DirectoryColumn.ACCOUNT, account);
            }
            entry(line, values);
        }

        private void entry(CsvRecord line, Map<DirectoryColumn, String> values) {
            String accountId = values.get(DirectoryColumn.ACCOUNT);
            String extensionId = values.get(DirectoryColumn.EXTENSION);
            if (accountId == null || extensionId == null) {
                fault(line, accountId == null ? DirectoryColumn.ACCOUNT : DirectoryColumn.EXTENSION, "is empty");
                return;
            }
            DirectoryEntry entry = new DirectoryEntry(
                    accountId,
                    extensionId,
                    values.get(DirectoryColumn.NAME),
                    values.getOrDefault(DirectoryColumn.TYPE, DirectoryEntry.USER)
                            .toLowerCase(Locale.ROOT),
                    values.get(DirectoryColumn.SITE),
                    values.get(DirectoryColumn.DEPARTMENT),
                    values.get(DirectoryColumn.TIME_ZONE));
            Long before = seen.putIfAbsent(entry.key(), line.getStartingLineNumber());
            if (before != null) {
                fault(
                        line,
                        DirectoryColumn.EXTENSION,
                        "is \"" + extensionId + "\", which is in line " + before + " already");
                return;
            }
            entries.add(entry);
        }

        /** With the heading as it stands in the file. */
        private void fault(CsvRecord line, DirectoryColumn column, String fault) {
            Integer place = places.get(column);
            faults.add("Line " + line.getStartingLineNumber() + ", column "
                    + (place == null ? column.title() : headings.get(place)) + ": it " + fault + ".");
        }
    }
}
