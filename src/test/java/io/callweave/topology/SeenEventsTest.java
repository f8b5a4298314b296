package io.callweave.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.callweave.call.PartyEvent;
import io.callweave.call.SessionKey;
import io.callweave.notification.PartyEvents;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenEventsTest {

    private static final SessionKey SESSION = new SessionKey("1", "s-a");

    private TestStores stores;
    private SeenEvents seen;

    @BeforeEach
    void open(@TempDir Path directory) {
        stores = new TestStores(directory);
        seen = new SeenEvents(stores.get(StoreNames.SEEN_EVENTS));
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void shouldLetEachEventThroughOnce() {
        assertThat(seen.add(event(SESSION, 2, "p-1", "Setup"))).isTrue();
        assertThat(seen.add(event(SESSION, 2, "p-1", "Setup"))).isFalse();
        assertThat(seen.add(event(SESSION, 3, "p-1", "Setup"))).isTrue();
        assertThat(seen.add(event(SESSION, 2, "p-2", "Setup"))).isTrue();
    }

    @Test
    void shouldLetAnotherBodyOfTheSameEventThrough() {
        assertThat(seen.add(event(SESSION, 2, "p-1", "Setup"))).isTrue();
        assertThat(seen.add(event(SESSION, 2, "p-1", "Answered"))).isTrue();
        assertThat(seen.add(event(SESSION, 2, "p-1", "Answered"))).isFalse();
    }

    @Test
    void shouldTellTheSessionsOfTwoAccountsApart() {
        assertThat(seen.add(event(SESSION, 2, "p-1", "Setup"))).isTrue();
        assertThat(seen.add(event(new SessionKey("2", "s-a"), 2, "p-1", "Setup")))
                .isTrue();
    }

    @Test
    void shouldKnowAfterARestartWhatItHasSeen() {
        long largest = (1L << 53) - 1;
        seen.add(event(SESSION, 2, "p-1", "Setup"));
        seen.add(event(SESSION, largest, "p-ü", "Setup"));

        seen = new SeenEvents(stores.reopen(StoreNames.SEEN_EVENTS));

        assertThat(seen.add(event(SESSION, 2, "p-1", "Setup"))).isFalse();
        assertThat(seen.add(event(SESSION, largest, "p-ü", "Setup"))).isFalse();
        assertThat(seen.add(event(SESSION, 3, "p-1", "Setup"))).isTrue();
    }

    @Test
    void shouldKeepNoMoreOfAnEventThanItTakesToKnowItAgain() {
        seen.add(event(SESSION, 2, "p-1", "x".repeat(100_000)));

        assertThat(stores.get(StoreNames.SEEN_EVENTS).get(StoreKeys.session(SESSION)))
                .hasSizeLessThan(40);
    }

    @Test
    void shouldRefuseAStateOfANewerVersion() {
        KeyValueStore<Bytes, byte[]> store = stores.get(StoreNames.SEEN_EVENTS);
        store.put(StoreKeys.session(SESSION), new byte[] {7});

        assertThatIllegalStateException()
                .isThrownBy(() -> seen.add(event(SESSION, 2, "p-1", "Setup")))
                .withMessageContaining("format version 7");
    }

    private static PartyEvent event(SessionKey session, long sequence, String party, String status) {
        String body = "{\"eventTime\":\"2026-03-02T09:00:00Z\",\"origin\":{\"type\":\"Call\"},\"party\":{\"id\":\""
                + party + "\",\"status\":{\"code\":\"" + status + "\"}},\"sessionId\":\"1\"}";
        return PartyEvents.fromBody(session, sequence, body);
    }
}
