package io.callweave.deliver.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.callweave.deliver.EventType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OccurrenceReaderTest {

    @ParameterizedTest
    @CsvSource({
        "complete, 1, over, CALL_COMPLETED",
        "partial, 2, revised, CALL_UPDATED",
        "backfilled, 1, backfill, CALL_BACKFILLED",
        "backfilled, 2, revised, CALL_BACKFILLED",
        "complete, 2, linger, CALL_COMPLETED",
        "complete, 3, revised, CALL_UPDATED",
        "superseded, 2, superseded, CALL_SUPERSEDED",
        "complete, 1, , CALL_COMPLETED",
        "complete, 2, , CALL_UPDATED"
    })
    void shouldTellWhatOnlyTheLogSaysApartFromTheFirstRecordOfACall(
            String status, long revision, String reason, EventType type) {
        assertThat(OccurrenceReader.typeOf(
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("status", status)
                                .put("revision", revision),
                        reason))
                .isEqualTo(type);
    }
}
