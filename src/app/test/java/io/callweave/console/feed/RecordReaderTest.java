package io.callweave.console.feed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.access.AccountScope;
import io.callweave.console.store.LiveBoard;
import io.callweave.console.store.WindowQueries;
import io.callweave.topics.Headers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordReaderTest {

    private static final String COMPLETE = """
            {"accountId":"1","callId":"s-1","status":"complete","type":"Voice","direction":"Inbound","action":"Phone Call",
             "result":"Missed","startTime":"2026-03-02T09:00:00.000Z","endTime":"2026-03-02T09:00:10.000Z"}""";

    @TempDir
    private Path folder;

    private Kept kept;
    private PendingChanges pending;
    private RecordReader reader;

    @BeforeEach
    void open() {
        kept = TestKept.in(folder);
        pending = new PendingChanges(kept.changes());
        reader = new RecordReader(kept, Masking.OFF, pending);
    }

    @AfterEach
    void close() {
        kept.calls().close();
    }

    @Test
    void shouldGiveLiveCallsTheNewNameOfAnExtensionAndTellOnlyThose() throws Exception {
        learn("104", "Dana");
        live("s-1", "104");
        live("s-2", "105");
        pending.enable();
        ChangeListener listener = kept.changes().listen(AccountScope.OPERATOR, null);

        learn("104", "Zoe");
        while (reader.rename()) {
            // In small parts.
        }
        pending.written();

        assertThat(label("s-1")).isEqualTo("Zoe");
        assertThat(label("s-2")).isEqualTo("+15550100006");
        List<ChangeEvent> heard = listener.next(0);
        assertThat(heard).hasSize(1);
        assertThat(new String(heard.get(0).part(0), UTF_8))
                .contains("event: live", "\"callId\":\"s-1\"", "Zoe")
                .doesNotContain("Dana");
    }

    @Test
    void shouldShowNoCallOfARunThatWasStopped() throws Exception {
        kept = new Kept(
                kept.calls(),
                new LiveBoard(Instant.parse("2026-03-02T10:00:00Z")),
                kept.names(),
                kept.deadLetters(),
                kept.audits(),
                kept.changes(),
                kept.rates());
        reader = new RecordReader(kept, Masking.OFF, pending);

        live("before", "104", Instant.parse("2026-03-02T09:59:59Z"));
        live("now", "104", Instant.parse("2026-03-02T10:00:00Z"));

        assertThat(kept.live().all(AccountScope.OPERATOR, null))
                .extracting(view -> view.call().callId())
                .containsExactly("now");
    }

    @Test
    void shouldTellThatACallWasDeleted() throws Exception {
        call(COMPLETE);
        pending.enable();
        ChangeListener listener = kept.changes().listen(AccountScope.OPERATOR, null);
        ChangeListener other = kept.changes().listen(new AccountScope(Set.of("2")), null);

        call(null);
        call(null);
        pending.written();

        List<ChangeEvent> heard = listener.next(0);
        assertThat(heard).hasSize(1);
        assertThat(new String(heard.get(0).part(0), UTF_8))
                .contains("event: gone", "{\"accountId\":\"1\",\"callId\":\"s-1\"}");
        assertThat(other.next(0)).isEmpty();
        assertThat(kept.calls().find(AccountScope.OPERATOR, "1", "s-1")).isEmpty();
    }

    @Test
    void shouldKeepNoNameAndNoNumberWhenMasking() throws Exception {
        reader = new RecordReader(kept, Masking.ON, pending);

        call("""
                {"accountId":"1","callId":"s-1","status":"complete","type":"Voice","direction":"Inbound","action":"Phone Call",
                 "result":"Missed","startTime":"2026-03-02T09:00:00.000Z","endTime":"2026-03-02T09:00:10.000Z",
                 "from":{"name":"Zaphod","phoneNumber":"+15550100006"}}""");
        live("s-2", "104");

        String stored = new String(
                kept.calls()
                        .find(AccountScope.OPERATOR, "1", "s-1")
                        .orElseThrow()
                        .record(),
                UTF_8);
        assertThat(stored).contains("X06").doesNotContain("Zaphod", "5550100006");
        assertThat(label("s-2")).contains("X06").doesNotContain("5550100006");
    }

    /** Ids of RingCentral name nobody; those of a sender that makes them up can. */
    @Test
    void shouldTellTheEndOfCallsUnderTheIdsThatItMasked() throws Exception {
        reader = new RecordReader(kept, Masking.ON, pending);
        String call = "1/s-Zaphod +15550100006";
        write(call, COMPLETE.replace("s-1", "s-Zaphod +15550100006"));
        pending.enable();
        ChangeListener listener = kept.changes().listen(AccountScope.OPERATOR, null);

        live("s-Zaphod +15550100006", "104");
        reader.live(new ConsumerRecord<>("live-calls", 0, 0, call.getBytes(UTF_8), null));
        write(call, null);
        pending.written();

        assertThat(kept.calls().size(AccountScope.OPERATOR)).isZero();
        Map<String, List<String>> ids = new TreeMap<>();
        for (ChangeEvent event : listener.next(0)) {
            String text = new String(event.part(0), UTF_8);
            assertThat(text).doesNotContain("Zaphod", "5550100006");
            ids.computeIfAbsent(text.replaceAll("(?s).*\"callId\":\"([^\"]*)\".*", "$1"), added -> new ArrayList<>())
                    .add(text.lines()
                            .filter(each -> each.startsWith("event: "))
                            .findFirst()
                            .orElseThrow());
        }
        assertThat(ids.values()).containsExactly(List.of("event: live", "event: over", "event: gone"));
    }

    @Test
    void shouldKeepNoWindowThatNamesSomebodyWhenMasking() {
        reader = new RecordReader(kept, Masking.ON, pending);

        window("104");
        window("Zaphod Beeblebrox");
        window("+15550100006");

        assertThat(kept.calls()
                        .windows()
                        .page(
                                AccountScope.OPERATOR,
                                new WindowQueries.Asked("1", "PT1H", "extension", null, null, null),
                                9,
                                null)
                        .values())
                .singleElement()
                .extracting(value -> new String(value, UTF_8))
                .asString()
                .contains("104")
                .doesNotContain("Dana");
    }

    private void window(String extension) {
        String value = """
                {"accountId":"1","scope":"extension","scopeId":"%s","scopeName":"Dana","window":"PT1H",
                 "windowStart":"2026-03-02T09:00:00.000Z","windowEnd":"2026-03-02T10:00:00.000Z","calls":1}""".formatted(extension);
        String key = "1/extension/" + extension + "/PT1H/2026-03-02T09:00:00.000Z";
        Boolean unused = kept.calls().write(batch -> {
            try {
                reader.window(new ConsumerRecord<>("windows", 0, 0, key.getBytes(UTF_8), value.getBytes(UTF_8)), batch);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return true;
        });
    }

    @Test
    void shouldKeepTheNotificationsOfAReplayAsLongAsItsCalls() {
        ConsumerRecord<byte[], byte[]> replayed = new ConsumerRecord<>(
                "notifications",
                0,
                7,
                5_000,
                TimestampType.LOG_APPEND_TIME,
                3,
                2,
                "s-1".getBytes(UTF_8),
                "{}".getBytes(UTF_8),
                new RecordHeaders(),
                Optional.empty());
        replayed.headers().add(Headers.time(Headers.RECEIVED_AT, 1));

        Boolean unused = kept.calls().write(batch -> {
            reader.notification(replayed, batch);
            return batch.expire(4_000, 4_000, 10);
        });

        assertThat(kept.calls().notifications("", List.of("s-1"), 9)).hasSize(1);
    }

    private void call(@Nullable String value) {
        write("1/s-1", value);
    }

    private void write(String key, @Nullable String value) {
        ConsumerRecord<byte[], byte[]> read =
                new ConsumerRecord<>("calls", 0, 0, key.getBytes(UTF_8), value == null ? null : value.getBytes(UTF_8));
        Boolean unused = kept.calls().write(batch -> {
            reader.call(read, reader.prepare(read).orElse(null), batch);
            return true;
        });
    }

    private String label(String call) {
        return kept.live()
                .find(AccountScope.OPERATOR, "1", call)
                .orElseThrow()
                .json()
                .at("/label/to")
                .asText();
    }

    private void live(String call, String extension) throws Exception {
        live(call, extension, Instant.EPOCH);
    }

    private void live(String call, String extension, Instant receivedAt) throws Exception {
        String value = """
                {"accountId": "1", "callId": "%s", "state": "ringing", "since": "2026-03-02T09:00:00.000Z",
                 "startTime": "2026-03-02T09:00:00.000Z", "to": {"extensionId": "%s", "phoneNumber": "+15550100006"}}""".formatted(call, extension);
        ConsumerRecord<byte[], byte[]> read =
                new ConsumerRecord<>("live-calls", 0, 0, ("1/" + call).getBytes(UTF_8), value.getBytes(UTF_8));
        read.headers().add(Headers.time(Headers.LAST_RECEIVED_AT, receivedAt.toEpochMilli()));
        reader.live(read);
    }

    private void learn(String extension, String name) {
        String value = "{\"accountId\":\"1\",\"extensionId\":\"%s\",\"name\":\"%s\",\"type\":\"user\"}"
                .formatted(extension, name);
        reader.name(new ConsumerRecord<>("directory", 0, 0, ("1/" + extension).getBytes(UTF_8), value.getBytes(UTF_8)));
    }
}
