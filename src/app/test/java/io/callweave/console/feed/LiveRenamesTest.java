package io.callweave.console.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.console.store.LiveBoard;
import io.callweave.console.view.LiveView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class LiveRenamesTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final LiveBoard live = new LiveBoard();
    private final KnownNames names = new KnownNames(Masking.OFF);

    /** Each look at the clock takes {@link #stepMs}. */
    private long nowMs;

    private long stepMs;

    private final LiveRenames renames =
            new LiveRenames(live, names, () -> TimeUnit.MILLISECONDS.toNanos(nowMs += stepMs));

    @Test
    void shouldMakeOnlyCallsAgainWithANameThatChanged() throws Exception {
        begin("1", "s-1", "104");
        begin("1", "s-2", "105");
        begin("2", "s-3", "104");
        // Names that a call would get if it was made again.
        names.learn("1/105".getBytes(UTF_8), entry("1", "105", "Jordan"));
        names.learn("2/104".getBytes(UTF_8), entry("2", "104", "Danae"));

        change("1", "104", "Dana");

        assertThat(labels(renames.next())).containsExactly("Dana");
        assertThat(label("1", "s-1")).isEqualTo("Dana");
        assertThat(label("1", "s-2")).isEqualTo("+15550100006");
        assertThat(label("2", "s-3")).isEqualTo("+15550100006");
    }

    @Test
    void shouldLetOthersGoFirstBetweenTwoParts() throws Exception {
        for (int i = 0; i < 5; i++) {
            begin("1", "s-" + i, "104");
        }
        change("1", "104", "Dana");
        stepMs = 6;

        List<Integer> parts = new ArrayList<>();
        do {
            parts.add(renames.next().size());
        } while (renames.hasMore());

        assertThat(parts).containsExactly(1, 1, 1, 1, 1);
        assertThat(live.all(AccountScope.OPERATOR, null))
                .allMatch(view -> view.json().at("/label/to").asText().equals("Dana"));
    }

    @Test
    void shouldWaitForASecondBeforeTheNextRound() throws Exception {
        begin("1", "s-1", "104");
        change("1", "104", "Dana");
        assertThat(renames.next()).hasSize(1);

        change("1", "104", "Zoe");
        assertThat(renames.next()).isEmpty();
        nowMs += 1_000;
        assertThat(labels(renames.next())).containsExactly("Zoe");
    }

    @Test
    void shouldMakeAllCallsAgainIfVeryManyNamesChanged() throws Exception {
        begin("1", "s-1", "9999");
        for (int i = 0; i < 10_000; i++) {
            change("1", Integer.toString(i), "Dana");
        }

        assertThat(labels(renames.next())).containsExactly("Dana");
    }

    private void begin(String account, String call, String extension) throws Exception {
        ObjectNode value = (ObjectNode) JSON.readTree("""
                {"accountId": "%s", "callId": "%s", "state": "ringing", "since": "2026-03-02T09:00:00.000Z",
                 "startTime": "2026-03-02T09:00:00.000Z", "to": {"extensionId": "%s", "phoneNumber": "+15550100006"}}""".formatted(account, call, extension));
        live.put(account + "/" + call, LiveView.of(value, null, Instant.EPOCH, names), 100);
    }

    private void change(String account, String extension, String name) {
        String key = account + "/" + extension;
        names.learn(key.getBytes(UTF_8), entry(account, extension, name));
        renames.changed(key);
    }

    private static byte[] entry(String account, String extension, String name) {
        return "{\"accountId\":\"%s\",\"extensionId\":\"%s\",\"name\":\"%s\",\"type\":\"user\"}"
                .formatted(account, extension, name)
                .getBytes(UTF_8);
    }

    private String label(String account, String call) {
        return labels(List.of(live.find(AccountScope.OPERATOR, account, call).orElseThrow()))
                .get(0);
    }

    private static List<String> labels(List<LiveView> views) {
        return views.stream().map(view -> view.json().at("/label/to").asText()).toList();
    }
}
