package io.callweave.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.console.view.LiveView;
import io.callweave.directory.DirectoryLookup;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LiveBoardTest {

    /** With room for two hundred bytes. */
    private static final int MOST = 1_600;

    private final LiveBoard board = new LiveBoard(Instant.MIN, MOST);

    @Test
    void shouldHoldEachAccountToItsShareOfTheMemory() {
        assertThat(put("1", "a", 60)).isEmpty();
        assertThat(put("1", "b", 60)).as("more than half").containsExactly("1/a");
        assertThat(put("2", "c", 60)).isEmpty();
        assertThat(put("1", "b", 70)).as("instead of its value before").isEmpty();
        assertThat(calls("1")).isEqualTo(1);

        assertThat(board.remove("1/b")).isTrue();

        assertThat(put("1", "d", 100)).isEmpty();
        board.fill();
        assertThat(put("1", "a", 60)).isEmpty();
    }

    /** However many others have as much as they may, and although their calls are never over. */
    @Test
    void shouldShowTheCallsOfAnAccountThatHasFewWhateverOthersHave() {
        for (int i = 0; i < 1_000; i++) {
            List<String> unused = put("other " + i % 8, "x" + i, 10);
        }

        assertThat(put("1", "a", 9)).doesNotContain("1/a").hasSize(1);
        assertThat(put("1", "a", 10)).doesNotContain("1/a");
        for (int i = 0; i < 1_000; i++) {
            List<String> unused = put("other " + i % 8, "y" + i, 10);
        }

        assertThat(calls("1")).isEqualTo(1);
        assertThat(calls(null)).isEqualTo(20);
    }

    private int calls(@Nullable String account) {
        return board.all(AccountScope.OPERATOR, account).size();
    }

    private List<String> put(String account, String call, int bytes) {
        ObjectNode live = new ObjectMapper()
                .createObjectNode()
                .put("accountId", account)
                .put("callId", call)
                .put("state", "talking")
                .put("startTime", "2026-03-02T09:00:00.000Z")
                .put("since", "2026-03-02T09:00:00.000Z");
        live.putArray("sessions").add(call);
        return board.put(account + "/" + call, LiveView.of(live, null, Instant.EPOCH, DirectoryLookup.EMPTY), bytes);
    }
}
