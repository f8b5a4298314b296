package io.callweave.whatif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.record.ExcludedCalls;
import io.callweave.whatif.Comparison.Side;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private final Comparison comparison =
            new Comparison(ExcludedCalls.parse("extension:666").orElseThrow());

    @AfterEach
    void close() {
        comparison.close();
    }

    @Test
    void shouldNameTheCallsThatDifferWithTheirFields() throws IOException {
        comparison.add(Side.BEFORE, call("s-same", 1, "complete", 7));
        comparison.add(Side.BEFORE, call("s-longer", 1, "complete", 7));
        comparison.add(Side.BEFORE, call("s-revised", 1, "complete", 7));
        comparison.add(Side.BEFORE, call("s-joined", 1, "complete", 3));
        comparison.add(Side.AFTER, call("s-same", 1, "complete", 7));
        comparison.add(Side.AFTER, call("s-longer", 1, "partial", 8));
        comparison.add(Side.AFTER, call("s-revised", 1, "partial", 7));
        comparison.add(Side.AFTER, call("s-revised", 2, "complete", 7));
        comparison.add(Side.AFTER, call("s-joined", 1, "superseded", 3));
        comparison.add(Side.AFTER, call("s-new", 1, "complete", 4));
        List<String> differences = new ArrayList<>();

        comparison.compare(
                difference -> differences.add(difference.path("callId").asText() + " "
                        + difference.path("only").asText() + difference.path("fields") + difference.path("before")
                        + difference.path("after")));

        assertThat(differences)
                .containsExactly(
                        "s-joined before[]{}{}",
                        "s-longer null[\"status\",\"talkMs\"]{\"status\":\"complete\",\"talkMs\":7}"
                                + "{\"status\":\"partial\",\"talkMs\":8}",
                        "s-revised null[\"revision\"]{\"revision\":1}{\"revision\":2}",
                        "s-new after[]{}{}");
        assertThat(comparison.onlyInRevisions()).isEqualTo(1);
        assertThat(comparison.sums(Side.BEFORE).values()).containsExactly(4L, 0L, 0L, 24L, 0L, 4L);
        assertThat(comparison.sums(Side.AFTER).values()).containsExactly(4L, 1L, 0L, 26L, 0L, 6L);
    }

    @Test
    void shouldCountAndNotShowACallThatNobodyMaySee() throws IOException {
        byte[] call = call("s-hidden", 1, "complete", 7);
        comparison.add(
                Side.BEFORE,
                new String(call, UTF_8)
                        .replace("{", "{\"extensionId\":\"666\",")
                        .getBytes(UTF_8));
        List<String> differences = new ArrayList<>();

        comparison.compare(difference -> differences.add(difference.toString()));

        assertThat(differences).isEmpty();
        assertThat(comparison.hidden()).isEqualTo(comparison.different()).isEqualTo(1);
    }

    private static byte[] call(String id, int revision, String status, int talkMs) {
        return ("{\"callId\":\"" + id + "\",\"accountId\":\"1\",\"revision\":" + revision + ",\"epoch\":0,\"status\":\""
                        + status + "\",\"startTime\":\"2026-03-02T09:00:00.000Z\",\"talkMs\":" + talkMs + "}")
                .getBytes(UTF_8);
    }
}
