package io.callweave.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.callweave.audit.AuditDifference.FieldDifference;
import io.callweave.audit.AuditDifference.Kind;
import io.callweave.call.calllog.CallResult;
import io.callweave.call.event.Address;
import io.callweave.feedgap.FeedGapJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Calls beside the Call Log: what is the same, and what is not. */
class AuditTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String ACCOUNT = "1";
    private static final long NINE = Instant.parse("2026-03-02T09:00:00Z").toEpochMilli();
    private static final long HOUR = 3_600_000;
    private static final Address CALLER = new Address("+15550100001", "Ann", null, null);
    private static final Address AGENT = new Address("101", "Ben", "7", null);

    private final List<FeedGapJson.Span> gaps = new ArrayList<>();

    @Test
    void shouldFindTheSameCallEqual() {
        assertThat(kinds(call("s-1"), entry("s-1").get())).containsExactly(Kind.EQUAL);
    }

    @ParameterizedTest
    @CsvSource({"1000, 2000, EQUAL", "-1000, -2000, EQUAL", "1001, 0, DIFFERS", "0, 2001, DIFFERS", "0, -2001, DIFFERS"
    })
    void shouldTakeTimesThatAreNearForTheSame(long later, long longer, Kind kind) {
        assertThat(kinds(
                        call("s-1"),
                        entry("s-1").at(NINE + later).lasting(60_000 + longer).get()))
                .containsExactly(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "Accepted, Call connected, EQUAL",
        "Accepted, Missed, DIFFERS",
        "Voicemail, Missed, EQUAL",
        "Abandoned, Hang Up, EQUAL",
        "Abandoned, Accepted, DIFFERS",
        "Missed, Voicemail, DIFFERS",
        "International Disabled, International Restricted, EQUAL",
        "Never Heard Of, Never Heard Of, EQUAL",
        "Never Heard Of, Accepted, DIFFERS"
    })
    void shouldKnowWhichResultsMeanTheSame(String here, String there, Kind kind) {
        assertThat(kinds(
                        call("s-1", here, "Inbound", false),
                        entry("s-1").with("result", there).get()))
                .containsExactly(kind);
    }

    @Test
    void shouldLetACallInsideTheCompanyComeOrGo() {
        LogEntry entry = entry("s-1").with("direction", "Inbound").get();

        assertThat(kinds(call("s-1", "Call connected", "Outbound", true), entry))
                .containsExactly(Kind.EQUAL);
        assertThat(fields(call("s-1", "Call connected", "Outbound", false), entry))
                .containsExactly(new FieldDifference("direction", "Outbound", "Inbound"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"extensionNumber\":\"101\"}', EQUAL",
        "'{\"extensionId\":\"7\",\"extensionNumber\":\"9101\"}', EQUAL",
        "'{\"name\":\"Somebody\"}', EQUAL",
        "'{\"phoneNumber\":\"+1555019XXXX\"}', EQUAL",
        "'{\"phoneNumber\":\"***\"}', EQUAL",
        "'{\"phoneNumber\":\"+15550199999\"}', DIFFERS",
        "'{\"extensionId\":\"8\"}', DIFFERS"
    })
    void shouldKnowAPartyByNumberOrExtension(String to, Kind kind) throws JsonProcessingException {
        assertThat(kinds(call("s-1"), entry("s-1").withTo(to).get())).containsExactly(kind);
    }

    @Test
    void shouldSeeThatAnotherUserTookTheCall() {
        LogEntry entry = entry("s-1").with("extension", "8").get();

        assertThat(fields(call("s-1"), entry)).containsExactly(new FieldDifference("extensionId", "102 7", "8"));
    }

    @Test
    void shouldSeeWhatIsOnOneSideOnly() {
        gaps.add(new FeedGapJson.Span(ACCOUNT, NINE + 90_000, NINE + 100_000));
        Audit audit = audit(
                List.of(call("s-1")),
                List.of(
                        entry("s-2").get(),
                        entry("s-3").at(NINE + 85_000).get(),
                        entry("s-4").at(NINE + 101_000).get()),
                Map.of("s-4", "2"));

        assertThat(audit.differences())
                .extracting(
                        AuditDifference::kind,
                        AuditDifference::telephonySessionId,
                        AuditDifference::inFeedGap,
                        AuditDifference::otherAccount)
                .containsExactly(
                        tuple(Kind.ONLY_HERE, "s-1", false, null),
                        tuple(Kind.ONLY_THERE, "s-2", false, null),
                        tuple(Kind.ONLY_THERE, "s-3", true, null),
                        tuple(Kind.ONLY_THERE, "s-4", false, "2"));
        assertThat(audit.wrong()).isEqualTo(4);
    }

    @Test
    void shouldNotExpectTheShortestCallsInTheLog() {
        CallHere call = call("s-1", NINE, 499);

        assertThat(kinds(call)).containsExactly(Kind.EQUAL);
    }

    @Test
    void shouldTellACallThatIsThereTwiceFromOneThatIsCut() {
        LogEntry half = entry("s-1").named("L-a").lasting(30_000).get();

        assertThat(fields(
                        call("s-1"),
                        half,
                        entry("s-1").named("L-b").lasting(30_000).get()))
                .containsExactly(new FieldDifference("doubled", "s-1", "L-a L-b"));
        assertThat(fields(
                        call("s-1"),
                        entry("s-1")
                                .named("L-b")
                                .at(NINE + 30_000)
                                .lasting(30_000)
                                .get(),
                        half))
                .containsExactly(new FieldDifference("cut", "s-1", "L-a L-b"));
    }

    /** The log comes from a server that may be no good. */
    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // comparing each with each takes minutes
    void shouldCompareACallWithVeryManyRecords() {
        LogEntry[] records = IntStream.range(0, 200_000)
                .mapToObj(i -> entry("s-1")
                        .named("L-" + i)
                        .at(NINE + i * 1_001L)
                        .lasting(1_000 * HOUR)
                        .get())
                .toArray(LogEntry[]::new);

        assertThat(fields(call("s-1"), records))
                .containsExactly(new FieldDifference("durationMs", "60000", Long.toString(1_000 * HOUR)));
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD) // looking through all of them for each takes minutes
    void shouldReadVeryManySessionsWithTheSameHashCode() throws JsonProcessingException {
        Set<String> sessions = IntStream.range(1 << 17, 1 << 18)
                .mapToObj(i -> Integer.toBinaryString(i).replace("0", "Aa").replace("1", "BB"))
                .collect(Collectors.toSet());
        String legs = sessions.stream()
                .map(session -> "{\"telephonySessionId\":\"" + session + "\"}")
                .collect(Collectors.joining(","));

        LogEntry entry = LogEntry.of(
                JSON.readTree("{\"id\":\"L\",\"startTime\":\"2026-03-02T09:00:00Z\",\"legs\":[" + legs + "]}"));

        assertThat(entry).isNotNull();
        assertThat(entry.legSessions()).isEqualTo(sessions);
    }

    @Test
    void shouldFindOneOfTheRecordsOfEachExtension() {
        LogEntry queue = entry("s-1")
                .named("L-a")
                .with("extension", "102")
                .lasting(20_000)
                .get();

        assertThat(kinds(call("s-1"), queue, entry("s-1").named("L-b").get())).containsExactly(Kind.EQUAL);
        assertThat(fields(
                        call("s-1"),
                        queue,
                        entry("s-1").named("L-b").lasting(9_000).get()))
                .containsExactly(new FieldDifference("durationMs", "60000", "20000"));
    }

    @Test
    void shouldFindASessionInALegOfAnother() {
        assertThat(kinds(call("s-2"), entry("s-1").withLeg("s-2").get()))
                .containsExactlyInAnyOrder(Kind.EQUAL, Kind.ONLY_THERE);
    }

    @Test
    void shouldWaitForALogThatMayStillChange() {
        assertThat(kinds(call("s-1"), entry("s-1").with("result", "In Progress").get()))
                .containsExactly(Kind.UNSETTLED);
        assertThat(kinds(
                        call("s-1"),
                        entry("s-1")
                                .with("result", "Missed")
                                .modified(NINE + HOUR)
                                .get()))
                .containsExactly(Kind.UNSETTLED);
        assertThat(kinds(call("s-1"), entry("s-1").modified(NINE + HOUR).get())).containsExactly(Kind.EQUAL);
    }

    @Test
    void shouldTakeTheNewestOfSeveralCopies() {
        LogEntry before =
                entry("s-1").with("result", "In Progress").modified(NINE).get();
        LogEntry after = entry("s-1").modified(NINE + 1).get();

        assertThat(kinds(call("s-1"), before, after)).containsExactly(Kind.EQUAL);
        assertThat(kinds(call("s-1"), after, before)).containsExactly(Kind.EQUAL);
    }

    @Test
    void shouldCompareOnlyWhatEndedLongEnoughAgo() {
        Audit audit = audit(
                List.of(call("s-1", NINE + HOUR - 60_000, 59_999), call("s-2", NINE + HOUR - 60_000, 60_000)),
                List.of(
                        entry("s-1").at(NINE + HOUR - 60_000).get(),
                        entry("s-3").with("result", "In Progress").get(),
                        entry("s-4").at(NINE - 1).get()),
                Map.of());

        assertThat(audit.compared()).isEqualTo(1);
        assertThat(audit.notEnded()).isEqualTo(2);
    }

    @Test
    void shouldSayThatTheLogIsStuckAfterADay() {
        Audit audit = Audit.of(
                new Audit.Question(ACCOUNT, NINE, NINE + HOUR, NINE + 25 * HOUR, gaps, Map.of()),
                List.of(),
                List.of(entry("s-1").with("result", "In Progress").get()));

        assertThat(audit.counts()).isEqualTo(Map.of(Kind.UNSETTLED, 1L));
        assertThat(audit.notEnded()).isZero();
    }

    @Test
    void shouldSayThatACallIsPartialAndLeaveItOutOfTheAgreement() {
        CallHere partial = new CallHere(
                ACCOUNT,
                "s-1",
                true,
                "Inbound",
                false,
                new CallResult("Voice", "Phone Call", "Accepted"),
                CALLER,
                AGENT,
                Set.of("7"),
                List.of(new CallHere.Session("s-1", NINE, NINE + 60_000)));

        Audit audit = audit(List.of(partial), List.of(entry("s-1").get()), Map.of());

        assertThat(audit.counts()).isEqualTo(Map.of(Kind.PARTIAL, 1L));
        assertThat(audit.comparable()).isZero();
    }

    @Test
    void shouldCompareOnlyTimesOfLaterSessions() {
        CallHere call = new CallHere(
                ACCOUNT,
                "s-1",
                false,
                "Inbound",
                false,
                new CallResult("Voice", "Phone Call", "Accepted"),
                CALLER,
                AGENT,
                Set.of("7", "102"),
                List.of(
                        new CallHere.Session("s-1", NINE, NINE + 60_000),
                        new CallHere.Session("s-2", NINE + 10_000, NINE + 20_000)));
        LogEntry consultation = entry("s-2")
                .at(NINE + 10_000)
                .lasting(10_000)
                .with("direction", "Outbound")
                .with("result", "No Answer")
                .get();

        assertThat(kinds(call, entry("s-1").get(), consultation)).containsOnly(Kind.EQUAL);
        assertThat(fields(
                        call, entry("s-1").get(), entry("s-2").at(NINE + 10_000).get()))
                .containsExactly(new FieldDifference("durationMs", "10000", "60000"));
    }

    @Property
    void shouldNotDependOnAnyOrder(@ForAll long seed) {
        List<CallHere> calls = new ArrayList<>();
        List<LogEntry> entries = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            String session = "s-" + i;
            if (i % 7 != 0) {
                calls.add(call(session, NINE + i * 1_000L, 60_000));
            }
            if (i % 5 != 0) {
                entries.add(entry(session)
                        .at(NINE + i * (i % 3 == 0 ? 1_000L : 2_000L))
                        .get());
            }
            if (i % 11 == 0) {
                entries.add(entry(session).named("twice-" + i).modified(i % 2).get());
                entries.add(entry(session)
                        .named("twice-" + i)
                        .with("result", "Missed")
                        .get());
            }
        }
        Audit inOrder = audit(calls, entries, Map.of());
        Collections.shuffle(calls, new Random(seed));
        Collections.shuffle(entries, new Random(seed));

        assertThat(audit(calls, entries, Map.of())).isEqualTo(inOrder);
    }

    private List<Kind> kinds(CallHere call, LogEntry... entries) {
        Audit audit = audit(List.of(call), List.of(entries), Map.of());
        return List.copyOf(audit.counts().keySet());
    }

    private List<FieldDifference> fields(CallHere call, LogEntry... entries) {
        return audit(List.of(call), List.of(entries), Map.of()).differences().stream()
                .flatMap(difference -> difference.fields().stream())
                .toList();
    }

    private Audit audit(List<CallHere> calls, List<LogEntry> entries, Map<String, String> elsewhere) {
        return Audit.of(new Audit.Question(ACCOUNT, NINE, NINE + HOUR, NINE + HOUR, gaps, elsewhere), calls, entries);
    }

    private static CallHere call(String session) {
        return call(session, NINE, 60_000);
    }

    private static CallHere call(String session, long start, long length) {
        return call(session, "Accepted", "Inbound", false, start, length);
    }

    private static CallHere call(String session, String result, String direction, boolean internal) {
        return call(session, result, direction, internal, NINE, 60_000);
    }

    private static CallHere call(
            String session, String result, String direction, boolean internal, long start, long length) {
        return new CallHere(
                ACCOUNT,
                session,
                false,
                direction,
                internal,
                new CallResult("Voice", "Phone Call", result),
                CALLER,
                AGENT,
                Set.of("7", "102"),
                List.of(new CallHere.Session(session, start, start + length)));
    }

    private static Entry entry(String session) {
        return new Entry(session);
    }

    /** A record of the log like {@link #call(String)}, to be changed. */
    private static final class Entry {

        private final String session;
        private String id;
        private String direction = "Inbound";
        private String result = "Accepted";
        private @Nullable String extension = "7";
        private Set<String> legs = Set.of();
        private long start = NINE;
        private long length = 60_000;
        private long modified = NINE;
        private Address to = AGENT;

        private Entry(String session) {
            this.session = session;
            id = "L-" + session;
        }

        private Entry named(String name) {
            id = name;
            return this;
        }

        private Entry at(long time) {
            start = time;
            return this;
        }

        private Entry lasting(long millis) {
            length = millis;
            return this;
        }

        private Entry withLeg(String legSession) {
            legs = Set.of(legSession);
            return this;
        }

        private Entry modified(long time) {
            modified = time;
            return this;
        }

        private Entry with(String field, String value) {
            switch (field) {
                case "direction" -> direction = value;
                case "result" -> result = value;
                default -> extension = value;
            }
            return this;
        }

        private Entry withTo(String json) throws JsonProcessingException {
            LogEntry read = LogEntry.of(
                    JSON.readTree("{\"id\":\"L\",\"startTime\":\"2026-03-02T09:00:00Z\",\"to\":" + json + "}"));
            assertThat(read).isNotNull();
            to = read.to();
            return this;
        }

        private LogEntry get() {
            return new LogEntry(
                    id,
                    session,
                    "Voice",
                    direction,
                    "Phone Call",
                    result,
                    start,
                    length,
                    CALLER,
                    to,
                    extension,
                    legs,
                    modified,
                    MissingNode.getInstance());
        }
    }
}
