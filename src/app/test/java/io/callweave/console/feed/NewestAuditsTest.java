package io.callweave.console.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.access.AccountScope;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NewestAuditsTest {

    private final NewestAudits audits = new NewestAudits(8 * 4_000);

    @Test
    void shouldForgetTheOldestOfTheAccountThatTakesMost() throws IOException {
        add("2", "2026-03-02T07:00:00.000Z", 900);
        for (int hour = 10; hour < 20; hour++) {
            add("1", "2026-03-02T" + hour + ":00:00.000Z", 1_000);
        }

        assertThat(hours("1")).containsExactly("2026-03-02T19", "2026-03-02T18", "2026-03-02T17");
        assertThat(hours("2")).containsExactly("2026-03-02T07");
        add("2", "2026-03-02T20:00:00.000Z", 1_000_000);
        assertThat(hours("2")).isEmpty();
        assertThat(hours("1")).hasSize(3);
    }

    @Test
    void shouldKeepTheNewestRowOfAnHour() throws IOException {
        for (int times = 0; times < 10; times++) {
            add("1", "2026-03-02T10:00:00.000Z", 3_000);
        }
        add("1", "2026-03-02T11:00:00.000Z", 500);

        assertThat(hours(null)).containsExactly("2026-03-02T11", "2026-03-02T10");
    }

    private void add(String account, String hour, int bytes) throws IOException {
        String row = "{\"hour\":\"" + hour.substring(0, 13) + "\",\"text\":\"";
        String value = row + "x".repeat(bytes - row.length() - 2) + "\"}";
        audits.add(new ConsumerRecord<>("audits", 0, 0, (account + "/" + hour).getBytes(UTF_8), value.getBytes(UTF_8)));
    }

    private Iterable<String> hours(@Nullable String account) {
        return audits.newest(AccountScope.OPERATOR, account).stream()
                .map(row -> row.path("hour").asText())
                .toList();
    }
}
