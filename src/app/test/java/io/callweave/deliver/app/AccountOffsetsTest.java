package io.callweave.deliver.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AccountOffsetsTest {

    private static final TopicPartition PARTITION = new TopicPartition("letters", 0);
    private static final int SMALL = 0;

    /** More of them than can be in a gap. */
    private static final int FAR = 100;

    private final AccountOffsets offsets = new AccountOffsets();

    @Test
    void shouldTellWhereTheRecordsOfAccountsAre() {
        add("1", 0);
        add("2", 1);
        add("1", 2, 3);
        flood(4, 4 + FAR);
        add("1", 4 + FAR);

        assertThat(spans("1")).containsExactly(span(0, 3), span(4 + FAR, 4 + FAR));
        assertThat(spans("2")).containsExactly(span(1, 1));
        assertThat(spans("1", "2")).containsExactly(span(0, 3), span(1, 1), span(4 + FAR, 4 + FAR));
        assertThat(offsets.of(Set.of("3"))).isEmpty();
    }

    /** What others have in it is read in vain. */
    @Test
    void shouldHaveNoLargeRecordsOfOthersInASpan() {
        add("1", 0);
        offsets.add("2", PARTITION, 1, AccountOffsets.LARGEST_GAP);
        add("1", 2);
        offsets.add("1", PARTITION, 3, AccountOffsets.LARGEST_GAP);
        offsets.add("2", PARTITION, 4, AccountOffsets.LARGEST_GAP / 2);
        add("1", 5);

        assertThat(spans("1")).containsExactly(span(0, 0), span(2, 5));
        assertThat(spans("2")).containsExactly(span(1, 1), span(4, 4));
    }

    /** An account could else fill the memory with records. */
    @Test
    void shouldHoldOneSpanForRecordsThatFollowEachOther() {
        for (long offset = 0; offset < 100_000; offset++) {
            add(offset % FAR == 0 ? "2" : "1", offset);
        }

        assertThat(spans("1")).containsExactly(span(1, 99_999));
        assertThat(spans("*")).containsExactly(span(0, 99_999));
        assertThat(spans("2")).hasSize(100_000 / FAR);
    }

    @Test
    void shouldForgetWhatTheTopicNoLongerHas() {
        add("1", 0);
        add("2", 1);
        flood(2, 2 * FAR);
        add("1", 2 * FAR);
        flood(2 * FAR + 1, 4 * FAR);
        add("1", 4 * FAR);

        offsets.drop(Map.of(PARTITION, 2L * FAR));

        assertThat(spans("1")).containsExactly(span(2 * FAR, 2 * FAR), span(4 * FAR, 4 * FAR));
        assertThat(offsets.of(Set.of("2"))).isEmpty();
    }

    private void flood(long first, long end) {
        LongStream.range(first, end).forEach(offset -> add("others", offset));
    }

    private void add(String account, long... at) {
        for (long offset : at) {
            offsets.add(account, PARTITION, offset, SMALL);
        }
    }

    private List<String> spans(String... accounts) {
        return offsets.of(Set.of(accounts)).get(PARTITION).stream()
                .map(each -> span(each.first(), each.last()))
                .toList();
    }

    private static String span(long first, long last) {
        return first + "-" + last;
    }
}
