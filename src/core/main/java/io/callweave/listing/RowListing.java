package io.callweave.listing;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.callweave.value.CsvText;
import io.callweave.value.JsonLimits;
import io.callweave.value.ValueType;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Values of a topic as CSV: a column for each field that is described, in their order; see {@link RowColumn}. */
final class RowListing implements CallListing {

    private final CsvWriter csv;
    private final List<RowColumn> columns;

    RowListing(OutputStream out, ValueType<?> type) {
        csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(CsvText.QUOTES)
                .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        columns = RowColumn.of(type);
        csv.writeRecord(columns.stream().map(RowColumn::title).toList());
    }

    @Override
    public void add(byte[] row) throws IOException {
        JsonNode tree = JsonLimits.tree(row);
        csv.writeRecord(columns.stream().map(column -> column.in(tree)).toList());
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
