package io.callweave.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.bridge.DurableSink.Kept;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.account.VerificationTokens;
import io.callweave.notification.OtherEvent;
import io.callweave.notification.RejectReason;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntakeTest implements IntakeListener {

    private static final long RECEIVED =
            Instant.parse("2026-02-03T04:05:06.007Z").toEpochMilli();
    private static final Instant NOW = Instant.parse("2026-02-03T04:05:08Z");
    private static final Receipt RECEIPT = new Receipt("webhook", RECEIVED, "10.0.0.1");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<RawRecord> records = new ArrayList<>();
    private final List<String> heard = new ArrayList<>();
    private final List<String> ended = new ArrayList<>();
    private CompletableFuture<Kept> kept = CompletableFuture.completedFuture(Kept.KEPT);
    private final Intake intake = new Intake(
            IntakeRules.of("acme.", 1_000).withTimestamps(TimestampSource.RECEIVED),
            FakeKeying::key,
            new Sink(),
            this,
            InstantSource.fixed(NOW));

    @Test
    void shouldPublishTheBytesUnderTheirSession() {
        byte[] value = "session s-1 809646016 77".getBytes(UTF_8);

        assertThat(intake.accept(Owner.ANYBODY, value, RECEIPT)).isCompletedWithValue(IntakeOutcome.PUBLISHED);

        RawRecord record = records.get(0);
        assertThat(record.topic()).isEqualTo("acme.notifications");
        assertThat(record.key()).asString(UTF_8).isEqualTo("s-1");
        assertThat(record.value()).isSameAs(value);
        assertThat(record.timestamp()).isEqualTo(RECEIVED);
        assertThat(headers())
                .isEqualTo(Map.of(
                        "transport", "webhook",
                        "receivedAt", "2026-02-03T04:05:06.007Z",
                        "account", "809646016",
                        "source", "10.0.0.1"));
        assertThat(heard).containsExactly("published 809646016 " + RECEIVED + " 77");
        assertThat(ended).containsExactly("809646016 webhook published");
    }

    @Test
    void shouldLeaveTheAccountOutWhereItIsNotKnown() {
        accept(Owner.ANYBODY, "session s-1");

        assertThat(headers()).doesNotContainKey("account");
    }

    @Test
    void shouldTakeItForTheTransportsAccountWhereNoneIsNamed() {
        accept(Owner.of(account(Privacy.NONE)), "session s-1");

        assertThat(headers()).containsEntry("account", "1");
    }

    @Test
    void shouldRefuseWhatIsOfAnotherAccountThanTheTransport() {
        assertThat(accept(Owner.of(account(Privacy.NONE)), "session s-1 2")).isEqualTo(IntakeOutcome.FOREIGN_ACCOUNT);

        assertThat(records).isEmpty();
        assertThat(heard).isEmpty();
        assertThat(ended).containsExactly("1 webhook foreignAccount");
    }

    @Test
    void shouldKeepWhatCannotBeKeyed() {
        assertThat(accept(Owner.ANYBODY, "{torn")).isEqualTo(IntakeOutcome.DEAD_LETTERED);

        assertThat(records.get(0).topic()).isEqualTo("acme.dead-letters");
        assertThat(records.get(0).key()).isNull();
        assertThat(records.get(0).value()).asString(UTF_8).isEqualTo("{torn");
        assertThat(headers())
                .isEqualTo(Map.of(
                        "reason", "notJson",
                        "detail", "It is made up.",
                        "source", "10.0.0.1",
                        "rejectedAt", "2026-02-03T04:05:08.000Z"));
        assertThat(heard).containsExactly("deadLettered NOT_JSON");
        assertThat(ended).containsExactly("null webhook deadLettered");
    }

    @Test
    void shouldLeaveOtherEventTypesOut() {
        assertThat(accept(Owner.ANYBODY, "skip")).isEqualTo(IntakeOutcome.SKIPPED);

        assertThat(records).isEmpty();
        assertThat(heard).containsExactly("skipped PRESENCE");
        assertThat(ended).containsExactly("null webhook skipped");
    }

    @Test
    void shouldKeepOnlyTheSizeOfWhatCannotBeMasked() {
        Owner masked = Owner.anybody(account -> "2".equals(account) ? Privacy.MASK : Privacy.NONE);

        assertThat(accept(masked, "session s-1 2")).isEqualTo(IntakeOutcome.DEAD_LETTERED); // made up, so no JSON
        assertThat(accept(masked, "session s-1 3")).isEqualTo(IntakeOutcome.PUBLISHED);

        assertThat(records.get(0).value()).asString(UTF_8).isEqualTo("{\"withheld\":\"privacy\",\"bytes\":13}");
        assertThat(records.get(1).value()).asString(UTF_8).isEqualTo("session s-1 3");
    }

    /** RingCentral's ids name nobody; those of a sender that makes them up can. */
    @ParameterizedTest
    @CsvSource({
        "MASK, s-1, s-1",
        "MASK, +16505557722, +1650555XXXX",
        "MASK, s-Zaphod 1, ***",
        "HASH, s-1, s-1",
        "HASH, s-Zaphod 1, h-fItrrOli7QR3wPS9",
        "NONE, s-Zaphod 1, s-Zaphod 1"
    })
    void shouldHaveTheSessionInTheKeyAsInTheNotification(Privacy privacy, String session, String shown)
            throws Exception {
        Intake reading = new Intake(
                new IntakeRules("acme.", 1_000, new byte[32], TimestampSource.RECEIVED),
                new Sink(),
                this,
                InstantSource.fixed(NOW));
        String value =
                "{\"event\":\"/restapi/v1.0/account/1/telephony/sessions\",\"body\":{\"telephonySessionId\":\"%s\"}}"
                        .formatted(session);

        assertThat(reading.accept(Owner.of(account(privacy)), value.getBytes(UTF_8), RECEIPT))
                .isCompletedWithValue(IntakeOutcome.PUBLISHED);

        RawRecord record = records.get(0);
        assertThat(record.key()).asString(UTF_8).isEqualTo(shown);
        assertThat(JSON.readTree(record.value()).at("/body/telephonySessionId").asText())
                .isEqualTo(shown);
    }

    /** Kafka would refuse it. */
    @Test
    void shouldKeepOnlyTheSizeOfWhatHashesMakeTooLarge() {
        String head =
                "{\"event\":\"/restapi/v1.0/account/1/telephony/sessions\",\"body\":{\"telephonySessionId\":\"s-1\"";
        Intake strict = new Intake(
                new IntakeRules("acme.", 1_000, new byte[32], TimestampSource.RECEIVED),
                new Sink(),
                this,
                InstantSource.fixed(NOW));
        String few = head + ",\"x\":[" + "333,".repeat(20) + "333]}}";
        String many = head + ",\"x\":[" + "333,".repeat(200) + "333]}}";
        Owner hashed = Owner.of(account(Privacy.HASH));

        assertThat(strict.accept(hashed, few.getBytes(UTF_8), RECEIPT).join()).isEqualTo(IntakeOutcome.PUBLISHED);
        assertThat(strict.accept(Owner.of(account(Privacy.NONE)), many.getBytes(UTF_8), RECEIPT)
                        .join())
                .isEqualTo(IntakeOutcome.PUBLISHED);
        assertThat(strict.accept(hashed, many.getBytes(UTF_8), RECEIPT).join()).isEqualTo(IntakeOutcome.DEAD_LETTERED);

        assertThat(records.get(2).topic()).isEqualTo("acme.dead-letters");
        assertThat(records.get(2).value())
                .asString(UTF_8)
                .isEqualTo("{\"withheld\":\"privacy\",\"bytes\":" + many.length() + "}");
        assertThat(heard).last().isEqualTo("deadLettered TOO_LARGE");
    }

    @ParameterizedTest
    @CsvSource({"NO_ROOM, NO_ROOM", "BUSY, BUSY", "TOO_LARGE, TOO_LARGE"})
    void shouldTellWhyItIsNotKept(Kept reason, IntakeOutcome outcome) {
        kept = CompletableFuture.completedFuture(reason);

        assertThat(accept(Owner.ANYBODY, "session s-1")).isEqualTo(outcome);
        assertThat(outcome.isSettled()).isFalse();
        assertThat(heard).isEmpty();
        assertThat(ended).containsExactly("null webhook " + outcome.wireName());
    }

    @Test
    void shouldHaveNoRoomWhereTheSinkBreaksItsPromise() {
        kept = CompletableFuture.failedFuture(new IllegalStateException());

        assertThat(accept(Owner.ANYBODY, "session s-1")).isEqualTo(IntakeOutcome.NO_ROOM);
    }

    @Test
    void shouldTellTheSinkWhenWhoeverGaveItGivesUp() {
        kept = new CompletableFuture<>();
        var outcome = intake.accept(Owner.ANYBODY, "session s-1".getBytes(UTF_8), RECEIPT);
        assertThat(outcome).isNotDone();

        outcome.cancel(false);

        assertThat(kept).isCancelled();
        assertThat(ended).isEmpty();
    }

    private IntakeOutcome accept(Owner owner, String value) {
        return intake.accept(owner, value.getBytes(UTF_8), RECEIPT).join();
    }

    private Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        records.get(0).headers().forEach(header -> headers.put(header.key(), new String(header.value(), UTF_8)));
        return headers;
    }

    private static Account account(Privacy privacy) {
        return new Account("1", "/1", new VerificationTokens(List.of()), privacy, 1, null);
    }

    @Override
    public void ended(@Nullable String account, String transport, IntakeOutcome outcome) {
        ended.add(account + " " + transport + " " + outcome.wireName());
    }

    @Override
    public void published(@Nullable String account, long receivedAt, @Nullable Long sent) {
        heard.add("published " + account + " " + receivedAt + " " + sent);
    }

    @Override
    public void deadLettered(RejectReason reason) {
        heard.add("deadLettered " + reason);
    }

    @Override
    public void skipped(OtherEvent kind, @Nullable String account) {
        heard.add("skipped " + kind);
    }

    /** Keeps in memory, or answers what the test says. */
    private final class Sink implements DurableSink {

        @Override
        public CompletableFuture<Kept> keep(RawRecord record) {
            records.add(record);
            return kept;
        }

        @Override
        public SinkStatus status() {
            return new SinkStatus(records.size(), 0, 0, true, false);
        }

        @Override
        public void close() {}
    }
}
