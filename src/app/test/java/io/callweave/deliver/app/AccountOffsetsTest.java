package io.callweave.deliver.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.deliver.app.AccountOffsets.Span;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class AccountOffsetsTest {

    private static final TopicPartition PARTITION = new TopicPartition("letters", 0);
    private static final int FAR = AccountOffsets.LARGEST_GAP + 1;

    private final AccountOffsets offsets = new AccountOffsets();

    @Test
    void shouldTellWhereTheRecordsOfAccountsAre() {
        add("1", 0, 1, 3, 4 + FAR);
        add("2", 2);

        assertThat(spans("1")).containsExactly(new Span(0, 3), new Span(4 + FAR, 4 + FAR));
        assertThat(spans("2")).containsExactly(new Span(2, 2));
        assertThat(spans("1", "2")).containsExactly(new Span(0, 3), new Span(2, 2), new Span(4 + FAR, 4 + FAR));
        assertThat(offsets.of(Set.of("3"))).isEmpty();
    }

    /** An account could else fill the memory with records. */
    @Test
    void shouldHoldOneSpanForRecordsThatFollowEachOther() {
        for (long offset = 0; offset < 100_000; offset++) {
            add(offset % FAR == 0 ? "2" : "1", offset);
        }

        assertThat(spans("1")).containsExactly(new Span(1, 99_999));
        assertThat(spans("*")).containsExactly(new Span(0, 99_999));
        assertThat(spans("2")).hasSize(100_000 / FAR + 1);
    }

    @Test
    void shouldForgetWhatTheTopicNoLongerHas() {
        add("1", 0, 2 * FAR, 4 * FAR);
        add("2", 1);

        offsets.drop(Map.of(PARTITION, 2L * FAR));

        assertThat(spans("1")).containsExactly(new Span(2 * FAR, 2 * FAR), new Span(4 * FAR, 4 * FAR));
        assertThat(offsets.of(Set.of("2"))).isEmpty();
    }

    private void add(String account, long... at) {
        for (long offset : at) {
            offsets.add(account, PARTITION, offset);
        }
    }

    private List<Span> spans(String... accounts) {
        return List.copyOf(offsets.of(Set.of(accounts)).get(PARTITION));
    }
}
