package io.callweave.report.page;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.callweave.report.Cell;
import io.callweave.report.Table;
import io.callweave.value.CsvText;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** A table as RFC 4180 has it, for programs: durations in milliseconds, shares from 0 to 1, times in ISO-8601. */
public final class CsvFiles {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSxxx");

    private static final double PERCENT = 100;

    private final ReportWords words;

    /** @param numbersShown whether phone numbers are written in full */
    public CsvFiles(ZoneId zone, boolean numbersShown) {
        this.words = new ReportWords(zone, numbersShown);
    }

    /** Writes one table, and closes the stream. */
    public void write(Table table, OutputStream out) throws IOException {
        try (CsvWriter csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(CsvText.QUOTES)
                .build(new OutputStreamWriter(out, StandardCharsets.UTF_8))) {
            csv.writeRecord(table.columns().stream().map(Table.Column::field).toList());
            table.rows()
                    .forEach(row -> csv.writeRecord(row.stream().map(this::text).toList()));
        }
    }

    private String text(Cell cell) {
        if (cell instanceof Cell.Text text) {
            return CsvText.of(text.text());
        } else if (cell instanceof Cell.Phone phone) {
            String number = words.phone(phone.number());
            return number.matches("\\+?\\**[0-9]*") ? number : CsvText.of(number);
        } else if (cell instanceof Cell.Whole number) {
            return Long.toString(number.value());
        } else if (cell instanceof Cell.Millis millis) {
            return Long.toString(millis.value());
        } else if (cell instanceof Cell.Ratio ratio) {
            return String.format(Locale.ROOT, "%.4f", (double) ratio.part() / ratio.whole());
        } else if (cell instanceof Cell.Goal goal) {
            return String.format(Locale.ROOT, "%.4f", goal.percent() / PERCENT);
        } else if (cell instanceof Cell.Time time) {
            return TIME.format(words.at(time.value()));
        } else if (cell instanceof Cell.Hour hour) {
            return TIME.format(words.at(hour.value()));
        } else if (cell instanceof Cell.Day day) {
            return words.at(day.value()).toLocalDate().toString();
        }
        throw new IllegalArgumentException("Cells of this kind cannot be written: " + cell);
    }
}
