package io.callweave.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.console.view.LiveView;
import io.callweave.directory.DirectoryLookup;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LiveBoardTest {

    /** With room for a hundred bytes of the first account. */
    private static final int MOST = 1_600;

    private final LiveBoard board = new LiveBoard(Instant.MIN, MOST);

    @Test
    void shouldHoldEachAccountToItsShareOfTheMemory() {
        assertThat(put("1", "a", 60)).isTrue();
        assertThat(put("1", "b", 60)).isFalse();
        assertThat(put("2", "c", 60)).isTrue();
        assertThat(put("1", "a", 65)).as("instead of its value before").isTrue();
        assertThat(board.all(AccountScope.OPERATOR, "1")).hasSize(1);

        assertThat(board.remove("1/a")).isTrue();

        assertThat(put("1", "b", 60)).isTrue();
        assertThat(put("3", "d", 50)).as("half of what the others leave").isFalse();
        assertThat(put("3", "d", 30)).isTrue();
        board.fill();
        assertThat(put("1", "a", 60)).isTrue();
    }

    private boolean put(String account, String call, int bytes) {
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
