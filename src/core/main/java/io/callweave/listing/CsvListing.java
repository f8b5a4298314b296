package io.callweave.listing;

import com.fasterxml.jackson.databind.JsonNode;
import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import io.callweave.value.CsvText;
import io.callweave.value.JsonLimits;
import io.callweave.words.CallWords;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Records as RFC 4180 has tables: a line of headings, commas, quotes where needed, CRLF; in UTF-8. */
final class CsvListing implements CallListing {

    private final CsvWriter csv;
    private final DirectoryLookup directory;

    CsvListing(OutputStream out, DirectoryLookup directory) {
        this.directory = directory;
        csv = CsvWriter.builder()
                .lineDelimiter(LineDelimiter.CRLF)
                .quoteStrategy(CsvText.QUOTES)
                .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
        csv.writeRecord(Arrays.stream(CsvColumn.values()).map(CsvColumn::title).toList());
    }

    @Override
    public void add(byte[] call) throws IOException {
        JsonNode tree = JsonLimits.tree(call);
        CallWords words = CallWords.of(RecordedCall.read(tree), directory);
        csv.writeRecord(Arrays.stream(CsvColumn.values())
                .map(column -> column.in(tree, words))
                .toList());
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}
