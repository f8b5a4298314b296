package io.callweave.directory;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.callweave.value.CsvText;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines below the headings, one after the other. */
final class DirectoryLines {

    private final Headings headings;
    private final @Nullable String account;
    private final Map<String, Long> seen = new HashMap<>();
    private final List<DirectoryEntry> entries = new ArrayList<>();
    private final List<String> faults = new ArrayList<>();

    DirectoryLines(Headings headings, @Nullable String account) {
        this.headings = headings;
        this.account = account;
    }

    DirectoryCsv csv() {
        return new DirectoryCsv(headings.places().keySet(), entries, faults, headings.unused());
    }

    void line(CsvRecord line) {
        if (line.getFieldCount() != headings.size()) {
            faults.add("Line " + line.getStartingLineNumber() + " has " + count(line.getFieldCount(), "field")
                    + ", and line " + headings.line() + " names " + count(headings.size(), "column") + ".");
            return;
        }
        Map<DirectoryColumn, String> values = new EnumMap<>(DirectoryColumn.class);
        for (Map.Entry<DirectoryColumn, Integer> place : headings.places().entrySet()) {
            DirectoryColumn column = place.getKey();
            String value =
                    column.spelled(CsvText.read(line.getField(place.getValue()).strip()));
            if (value.isEmpty()) {
                continue;
            }
            String fault = column.check(value);
            if (fault != null) {
                fault(line, column, fault);
                return;
            }
            values.put(column, value);
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
                values.getOrDefault(DirectoryColumn.TYPE, DirectoryEntry.USER),
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

    private void fault(CsvRecord line, DirectoryColumn column, String fault) {
        faults.add("Line " + line.getStartingLineNumber() + ", column " + headings.of(column) + ": it " + fault + ".");
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
