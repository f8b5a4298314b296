package io.callweave.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import de.siegmar.fastcsv.reader.CsvReader;
import io.callweave.record.TopicValues;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class RowListingTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A spreadsheet that separates at semicolons would begin a cell in the middle of the JSON. */
    @Test
    void shouldBeginNoCellInJson() throws Exception {
        JsonNode event = JSON.readTree("{\"party\":{\"from\":{\"name\":\"x;=1+1;y\\\\;=2\\u202e\"}}}");
        ByteArrayOutputStream out = new ByteArrayOutputStream();

        try (RowListing listing =
                new RowListing(out, TopicValues.ofTopic("party-events").orElseThrow())) {
            listing.add(JSON.writeValueAsBytes(event));
        }

        String party = CsvReader.builder().ofNamedCsvRecord(out.toString(UTF_8)).stream()
                .map(row -> row.getField("party"))
                .findFirst()
                .orElseThrow();
        assertThat(party).doesNotContain(";", "\u202e");
        assertThat(JSON.readTree(party.replace("<U+202E>", "\u202e"))).isEqualTo(event.path("party"));
    }
}
