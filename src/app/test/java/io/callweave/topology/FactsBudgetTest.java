package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.LaterFact;
import io.callweave.notification.NotificationReader;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.time.StepLimits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a later fact costs does not grow with the sessions that it may belong to. No session stays in memory. */
class FactsBudgetTest {

    private static final Instant BEGIN = Instant.parse("2026-03-02T12:00:00Z");
    private static final int EVENTS = 1_000;
    private static final int AT_ONCE = 200;
    private static final int LARGE = 800_000;

    /** The entries of sessions, mailboxes and messages that one message needs. */
    private static final int GETS = 10;

    /** Of a session of {@link #EVENTS}: its value and its slots. */
    private static final int GETS_OF_A_SESSION = 1 + EVENTS / 16;

    private final MeteredStage stage = new MeteredStage(0);

    @Test
    void shouldReadNoSessionThatWasInTheMailbox() {
        for (int i = 0; i < 99; i++) {
            visit("s-" + i, "+1555010" + i, EVENTS);
        }

        MeteredStage.Step most = MeteredStage.NOTHING;
        for (int i = 0; i < 100; i++) {
            most = most.max(stage.fact(voicemail(i, "+15559999")));
        }

        assertThat(most.stores().gets()).isLessThanOrEqualTo(GETS);
        assertThat(most.stores().bytes()).isLessThan(8_000);
    }

    @Test
    void shouldReadNoSessionThatNamesAMessageButTheOneThatItBelongsTo() {
        for (int i = 0; i < 100; i++) {
            name("s-" + i, 300 + i);
        }

        MeteredStage.Step most = MeteredStage.NOTHING;
        for (int i = 0; i < 100; i++) {
            most = most.max(stage.fact(voicemail(i, "")));
        }

        assertThat(messages("s-0")).hasSize(100);
        assertThat(most.stores().gets()).isLessThanOrEqualTo(GETS + GETS_OF_A_SESSION);
    }

    /** A session names all that others name, and earlier: all of it moves. */
    @Test
    void shouldMoveFewMessagesInAStep() {
        for (int i = 0; i < 100; i++) {
            name("s-" + i, 300 + i);
            stage.fact(voicemail(i, ""));
        }

        name("s-x", 1);
        MeteredStage.Step most = stage.taken();
        for (MeteredStage.Step step = dueStep(); step.stores().puts() > 0; step = dueStep()) {
            most = most.max(step);
        }

        assertThat(messages("s-x")).hasSize(100);
        assertThat(messages("s-0")).isEmpty();
        assertThat(most.stores().gets()).isLessThanOrEqualTo(6 * GETS_OF_A_SESSION);
    }

    /** The messages of all callers are uncertain, because 200 parties of unknown callers may have left them. */
    @Test
    void shouldTakeFewMessagesFromTheirCallsInAStep() {
        for (int i = 0; i < 60; i++) {
            visit("s-" + i, "+1555010" + i, EVENTS);
            stage.fact(voicemail(i, "+1555010" + i));
        }
        assertThat(messages("s-59")).containsExactly("59");
        stage.notification(parties("s-x", 2, "Voicemail", 10, ""));

        MeteredStage.Step most = stage.notification(parties("s-x", 3, "Disconnected", 60, ""));
        assertThat(most.stores().gets()).isLessThanOrEqualTo(9 * GETS_OF_A_SESSION);
        for (MeteredStage.Step step = dueStep(); step.stores().puts() > 0; step = dueStep()) {
            most = most.max(step);
        }

        for (int i = 0; i < 60; i++) {
            assertThat(messages("s-" + i)).isEmpty();
        }
        assertThat(most.stores().gets()).isLessThanOrEqualTo(9 * GETS_OF_A_SESSION);
    }

    /** Whichever came last, the same ones go back. */
    @Test
    void shouldKeepNoMoreFactsThatWaitForASessionThanItShows() {
        List<Integer> numbers = new ArrayList<>();
        for (int i = 100; i < 700; i++) {
            numbers.add(i);
        }
        Collections.shuffle(numbers, new Random(1));
        MeteredStage.Step most = MeteredStage.NOTHING;
        for (int number : numbers) {
            most = most.max(stage.fact(insights(number)));
        }

        stage.notification(parties("s-x", 2, "Answered", 10, ""));

        TreeSet<String> shown = new TreeSet<>();
        facts("s-x").forEach(fact -> shown.add(fact.id().id()));
        assertThat(shown).hasSize(100).first().isEqualTo("100");
        assertThat(shown.last()).isEqualTo("199");
        assertThat(most.stores().bytes()).isLessThan(12_000);
    }

    /** Of each further session that names them earlier, each time. */
    @Test
    void shouldReadFewLargeMessagesThatMoveAgainAndAgain() {
        for (int i = 0; i < 20; i++) {
            stage.fact(padded(voicemail(i, "")));
        }

        long sent = 0;
        for (int i = 0; i < 20; i++) {
            sent += name("s-" + i, 300 - i);
        }
        assertThat(sent).isLessThan(15 * LARGE);

        pass(20, LARGE);
        assertThat(messages("s-19")).hasSize(20);
        assertThat(messages("s-18")).isEmpty();
    }

    /** Which of them counts is known without it. */
    @Test
    void shouldNotReadALargeMessageForOlderOnesOfItsId() {
        stage.fact(padded(voicemail(1, "+15550100001")
                .replace("\"id\":", "\"lastModifiedTime\":\"2026-03-02T12:05:00Z\",\"id\":")));

        MeteredStage.Step older = stage.fact(voicemail(1, "+15550100002"));

        assertThat(older.stores().gets()).isEqualTo(1);
    }

    @Test
    void shouldShowFewLargeFactsAtOnceThatHaveWaitedForASession() {
        for (int i = 0; i < 20; i++) {
            stage.fact(padded(insights(100 + i)));
        }

        MeteredStage.Step first = stage.notification(parties("s-x", 2, "Answered", 10, ""));
        MeteredStage.Step second = stage.notification(parties("s-x", 3, "Answered", 10, ""));

        assertThat(first.sent()).isLessThan(4 * LARGE);
        assertThat(second.sent()).isLessThan(LARGE);
        pass(20, LARGE);
        assertThat(facts("s-x")).extracting(fact -> fact.id().id()).contains("100", "119");
        assertThat(stage.sessions().state(new SessionKey("1", "s-x")).later().awaited())
                .isFalse();
    }

    @Test
    void shouldGiveBackFewLargeFactsAtOnceWhoseSessionNeverCame() {
        for (int i = 0; i < 20; i++) {
            stage.fact(padded(insights(100 + i)));
        }
        stage.now += CallOptions.DEFAULT.lateWindow().toMillis();

        long sent = 0;
        MeteredStage.Step most = MeteredStage.NOTHING;
        for (int i = 0; i < 40; i++) {
            MeteredStage.Step step = dueStep();
            sent += step.sent();
            most = most.max(step);
        }

        assertThat(sent).isGreaterThan(20 * LARGE);
        assertThat(most.sent()).isLessThan(8 * LARGE);
    }

    /** Seconds, and in none more than three facts of this size. */
    private void pass(int seconds, long size) {
        for (int i = 0; i < seconds; i++) {
            stage.now += 1_000;
            stage.dueAll();
            assertThat(stage.taken().sent()).isLessThan(4 * size);
        }
    }

    /** With what nothing reads. */
    private static String padded(String notification) {
        return notification.replace("\"body\":{", "\"body\":{\"more\":\"" + "x".repeat(LARGE) + "\",");
    }

    /** Whichever session was seen last, the same ten say when it is ready. */
    @Test
    void shouldChangeNoMoreThanTenSessionsForARecording() {
        List<Integer> seconds = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            seconds.add(i);
        }
        Collections.shuffle(seconds, new Random(1));
        MeteredStage.Step most = MeteredStage.NOTHING;
        for (int second : seconds) {
            record("s-" + second, second);
            most = most.max(stage.fact(recording(second)));
        }

        for (int second : seconds) {
            assertThat(facts("s-" + second)).hasSize(second < 10 ? 1 : 0);
        }
        assertThat(most.stores().gets()).isLessThanOrEqualTo(GETS + 10 * (GETS_OF_A_SESSION + 1));
    }

    private MeteredStage.Step dueStep() {
        return stage.due(new StepLimits(1, StepLimits.DEFAULT.time(), () -> 0));
    }

    private void visit(String session, String caller, int events) {
        for (int sequence = 2; sequence < 1 + events / AT_ONCE; sequence++) {
            stage.notification(parties(session, sequence, "Voicemail", 10, caller));
        }
        stage.notification(parties(session, 1_000, "Disconnected", 60, caller).subList(0, 1));
        stage.taken();
    }

    /** A session that names a hundred messages, beside all else; the bytes that go out at once. */
    private long name(String session, int second) {
        List<PartyEvent> events = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            events.addAll(
                    read(event(session, 2, second, party(i, "Answered", ",\"message\":{\"messageId\":" + i + "}"))));
        }
        long sent = stage.notification(events).sent();
        for (int sequence = 3; sequence < 1 + EVENTS / AT_ONCE; sequence++) {
            sent += stage.notification(parties(session, sequence, "Answered", second, ""))
                    .sent();
        }
        return sent;
    }

    private void record(String session, int second) {
        stage.notification(read(event(session, 2, second, party(0, "Answered", ",\"recordings\":[{\"id\":\"77\"}]"))));
        for (int sequence = 3; sequence < 1 + EVENTS / AT_ONCE; sequence++) {
            stage.notification(parties(session, sequence, "Answered", second, ""));
        }
    }

    private List<String> messages(String session) {
        return facts(session).stream()
                .filter(fact -> fact.id().kind() == FactKind.VOICEMAIL)
                .map(fact -> fact.id().id())
                .toList();
    }

    private List<LaterFact> facts(String session) {
        return stage.sessions()
                .state(new SessionKey("1", session))
                .later()
                .facts()
                .facts();
    }

    private static List<PartyEvent> parties(String session, int sequence, String status, int second, String caller) {
        String from = caller.isEmpty() ? "" : ",\"from\":{\"phoneNumber\":\"" + caller + "\"}";
        List<String> parties = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            parties.add(party(i, status, from));
        }
        return read(event(session, sequence, second, String.join(",", parties)));
    }

    private static String party(int number, String status, String more) {
        return """
                {"accountId":"1","id":"p-%d","direction":"Inbound","extensionId":"101","status":{"code":"%s"}%s}""".formatted(number, status, more);
    }

    private static String event(String session, int sequence, int second, String parties) {
        return """
                {"event":"/restapi/v1.0/account/1/telephony/sessions","body":{"sequence":%d,"telephonySessionId":"%s",
                "eventTime":"%s","parties":[%s]}}""".formatted(sequence, session, BEGIN.plusSeconds(second), parties);
    }

    private static List<PartyEvent> read(String notification) {
        return new NotificationReader().read(notification.getBytes(UTF_8)).events();
    }

    private static String voicemail(int id, String caller) {
        String from = caller.isEmpty() ? "" : ",\"from\":{\"phoneNumber\":\"" + caller + "\"}";
        return """
                {"event":"/restapi/v1.0/account/1/extension/101/voicemail","body":{"id":%d,"creationTime":"%s"%s}}""".formatted(id, BEGIN.plusSeconds(70), from);
    }

    private static String recording(int version) {
        return """
                {"event":"/restapi/v1.0/account/1/recording/77","body":{"lastModifiedTime":"%s"}}""".formatted(BEGIN.plusSeconds(version));
    }

    private static String insights(int id) {
        return """
                {"event":"/ai/ringsense/v1/public/accounts/1/domains/pbx/insights","body":{"sourceSessionId":"s-x",
                "sourceRecordId":"%d","insights":{"Summary":"%d"}}}""".formatted(id, id);
    }
}
