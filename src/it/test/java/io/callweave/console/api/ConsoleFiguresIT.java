package io.callweave.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.value.Timestamps;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Figures over HTTP, without Kafka: the wallboard, windows, and who waited longest. It is always {@link FilledConsole#NOW}. */
class ConsoleFiguresIT {

    private static final String ALL = "o".repeat(32);
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    private FilledConsole console;

    @BeforeEach
    void start() {
        console = new FilledConsole(folder, ALL + "=*");
    }

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void shouldCountTheOwnDayOfEachAccount() throws Exception {
        console.putWindow(day("A", "2026-03-12T00:00:00Z", "2026-03-13T00:00:00Z", 10));
        console.putWindow(day("far", "2026-03-11T11:00:00Z", "2026-03-12T11:00:00Z", 500));
        console.putWindow(day("far", "2026-03-12T11:00:00Z", "2026-03-13T11:00:00Z", 20));
        console.putWindow(TestWindows.hour("A", "2026-03-12T09:00:00Z", 1));
        console.putWindow(TestWindows.hour("far", "2026-03-12T09:00:00Z", 2));
        console.putWindow(TestWindows.hour("A", "2026-03-12T12:00:00Z", 3));
        console.putWindow(TestWindows.hour("far", "2026-03-12T12:00:00Z", 4));
        console.putWindow(TestWindows.hour("A", "2026-03-11T23:00:00Z", 5));
        console.putWindow(TestWindows.hour("far", "2026-03-11T20:00:00Z", 6));
        console.putWindow(TestWindows.hour("far", "2026-03-12T11:00:00Z", 8));
        console.putWindow(TestWindows.hour("A", "2026-03-12T01:00:00Z", 16));

        JsonNode board = console.get("/v1/wallboard", ALL).json();

        assertThat(board.at("/today/calls").asInt()).isEqualTo(30);
        assertThat(board.path("accounts"))
                .extracting(each ->
                        each.path("accountId").asText() + " " + each.path("day").asText() + " "
                                + each.path("timeZone").asText())
                .containsExactlyInAnyOrder("A 2026-03-12 Z", "far 2026-03-13 Pacific/Auckland");
        assertThat(board.path("hours"))
                .extracting(each ->
                        each.path("hour").asText() + " " + each.path("calls").asInt())
                .as("11:00 is midnight in Auckland, where it is the next day")
                .containsExactly("0 8", "1 20", "9 1", "12 3");
    }

    @Test
    void shouldNotTellWhereAnAccountIsToThoseWhoMayNotSeeIt() throws Exception {
        console.close();
        String near = "n".repeat(32);
        console = new FilledConsole(folder, ALL + "=*," + near + "=A");
        console.putWindow(day("A", "2026-03-12T00:00:00Z", "2026-03-13T00:00:00Z", 10));
        console.putWindow(day("far", "2026-03-12T11:00:00Z", "2026-03-13T11:00:00Z", 20));

        String others = console.get("/v1/wallboard?account=far", near).body();

        assertThat(others).doesNotContain("Auckland", "2026-03-13");
        assertThat(console.get("/v1/wallboard", near).body()).doesNotContain("Auckland");
        assertThat(console.get("/v1/wallboard?account=nobody", near).body())
                .as("as for an account that is not there")
                .isEqualTo(others);
        assertThat(console.get("/v1/wallboard?account=far", ALL).body()).contains("Pacific/Auckland");
    }

    @Test
    void shouldAddUpTheFiguresOfADay() throws Exception {
        ObjectNode account = day("A", "2026-03-12T00:00:00Z", "2026-03-13T00:00:00Z", 10);
        console.putWindow(account.put("answered", 4)
                .put("missed", 1)
                .put("voicemail", 2)
                .put("unanswered", 2)
                .put("fax", 1));
        ObjectNode queue = TestWindows.of("A", "queue", "50", "P1D", "2026-03-12T00:00:00Z", "2026-03-13T00:00:00Z", 9);
        console.putWindow(queue.put("answered", 2)
                .put("answeredElsewhere", 3)
                .put("voicemail", 1)
                .put("overflow", 2)
                .put("fax", 1));
        console.put(today("listens", 0).put("action", "Monitoring"));
        console.put(today("yesterday", 99_000).put("startTime", "2026-03-11T12:00:00.000Z"));
        console.put(inQueues(today("both", 40_000), "50 overflow 12000", "60 answered 3000"));
        console.put(inQueues(today("one", 30_000), "60 abandoned 5000"));
        console.put(today("none", 50_000));

        JsonNode board = console.get("/v1/wallboard", ALL).json();

        assertThat(board.path("today")).hasToString("""
                {"calls":10,"answered":4,"missed":1,"abandoned":0,"voicemail":2,"unanswered":2,"fax":1,\
                "serviceLevel":{"thresholdMs":20000,"met":10,"of":10,"goal":null,"goalReached":null},\
                "averageHandleMs":null,"visits":{"calls":9,"answered":2,"abandoned":0,"averageWaitMs":null}}""");
        assertThat(board.path("monitored").asInt()).isEqualTo(1);
        assertThat(board.path("longestWait")).hasToString("{\"accountId\":\"A\",\"callId\":\"both\",\"waitMs\":12000}");
        JsonNode row = board.at("/queues/0");
        assertThat(row.path("longestWaitMs").asInt())
                .as("in this queue, without the menu before it")
                .isEqualTo(12_000);
        assertThat(row.path("longestWaitCallId").asText()).isEqualTo("both");
        assertThat(row.path("answeredElsewhere").asInt()).isEqualTo(3);
        assertThat(List.of("answered", "answeredElsewhere", "voicemail", "overflow", "abandoned", "fax").stream()
                        .mapToInt(name -> row.path(name).asInt())
                        .sum())
                .isEqualTo(row.path("calls").asInt());
        assertThat(listed("\"queue\":\"50\",\"fromDay\":\"today\",\"sort\":\"wait\""))
                .containsExactly("both");
        assertThat(listed("\"queue\":\"60\"")).containsExactlyInAnyOrder("both", "one");
        assertThat(listed("\"queue\":\"60\",\"queueOutcome\":\"answered\"")).containsExactly("both");
        assertThat(listed("\"queue\":\"50\",\"queueOutcome\":\"overflow\"")).containsExactly("both");
        assertThat(listed("\"queue\":\"50\",\"queueOutcome\":\"answered\"")).isEmpty();
        for (String wrong : List.of("\"queueOutcome\":\"answered\"", "\"queue\":\"50\",\"queueOutcome\":\"missed\"")) {
            assertThat(console.send("POST", "/v1/calls/search", ALL, "{" + wrong + "}")
                            .status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    private static ObjectNode today(String id, long waitMs) throws Exception {
        ObjectNode call =
                call(id, waitMs, "Inbound").put("accountId", "A").put("startTime", "2026-03-12T12:00:00.000Z");
        return call.put("answerTime", after(call, waitMs));
    }

    private static ObjectNode inQueues(ObjectNode call, String... visits) {
        call.putArray("queues");
        for (String visit : visits) {
            String[] words = visit.split(" ", -1);
            String left = after(call, Long.parseLong(words[2]));
            call.withArray("queues")
                    .addObject()
                    .put("queueExtensionId", words[0])
                    .put("outcome", words[1])
                    .put("enterTime", after(call, 0))
                    .put("answerTime", words[1].equals("answered") ? left : null)
                    .put("leaveTime", left);
        }
        return call;
    }

    @Test
    void shouldSayWhoMustBeCalledBack() throws Exception {
        console.put(missed("old", "+15550100001", "09:00"));
        console.put(missed("yesterday", "+15550100009", "09:00").put("startTime", "2026-03-11T09:00:00.000Z"));
        console.put(inQueues(missed("last", "+1 (555) 010-0001", "11:00"), "50 abandoned 5000"));
        console.put(
                placed("back", "+15550100001", "12:00").putNull("answerTime").put("result", "No Answer"));
        console.put(missed("reached", "+15550100002", "10:00"));
        console.put(today("again", 5_000).put("startTime", "2026-03-12T13:00:00.000Z"));
        console.put(from(today("again", 5_000), "+15550100002").put("startTime", "2026-03-12T13:00:00.000Z"));
        console.put(missed("menu", "+15550100003", "10:10"));
        console.put(missed("colleague", "101", "10:20").put("internal", true));
        console.put(missed("withheld", null, "10:30"));

        JsonNode answer = callbacks("\"fromDay\":\"today\"");

        assertThat(answer.path("callers"))
                .extracting(each -> each.at("/call/callId").asText() + " "
                        + each.path("kind").asText() + " "
                        + each.path("times") + " " + each.path("again") + " " + each.path("back") + " "
                        + each.path("answered"))
                .containsExactly(
                        "last outside 2 0 1 false",
                        "colleague internal 1 0 0 false",
                        "menu menu 1 0 0 false",
                        "reached menu 1 1 0 true");
        assertThat(answer.path("withheld").asInt()).isEqualTo(1);
        assertThat(callbacks("\"fromDay\":\"today\",\"limit\":1").path("more").asInt())
                .isEqualTo(3);
        assertThat(callbacks("\"queue\":\"50\"").path("callers")).hasSize(1);
        assertThat(callbacks("\"account\":\"far\"").path("callers")).isEmpty();
    }

    @Test
    void shouldEndAListOfCallersBehindLargeCalls() throws Exception {
        for (int i = 0; i < 6; i++) {
            console.put(missed("large-" + i, "+1555010000" + i, "10:1" + i).put("noise", "x".repeat(1_500_000)));
        }

        JsonNode answer = callbacks("\"fromDay\":\"today\",\"limit\":5");

        assertThat(answer.path("callers"))
                .extracting(each -> each.at("/call/callId").asText())
                .containsExactly("large-5", "large-4", "large-3");
        assertThat(answer.path("more").asInt()).isEqualTo(3);
    }

    @Test
    void shouldShowTheQueuesAndAgentsWithMostCallsIfThereAreVeryMany() throws Exception {
        for (String scope : List.of("queue", "extension")) {
            console.putWindow(
                    TestWindows.of("far", scope, "7", "P1D", "2026-03-12T11:00:00Z", "2026-03-13T11:00:00Z", 1));
            for (int i = 1; i <= 2_001; i++) {
                String id = scope + i;
                console.putWindow(
                        TestWindows.of("A", scope, id, "P1D", "2026-03-12T00:00:00Z", "2026-03-13T00:00:00Z", i));
            }
        }
        console.putWindow(day("A", "2026-03-12T00:00:00Z", "2026-03-13T00:00:00Z", 10));

        JsonNode board = console.get("/v1/wallboard", ALL).json();

        for (String of : List.of("queue", "agent")) {
            assertThat(board.path(of + "sCut").asBoolean()).isTrue();
            assertThat(board.path(of + "s"))
                    .hasSize(2_001)
                    .anyMatch(each -> each.path("accountId").asText().equals("far"))
                    .noneMatch(each -> each.path("id").asText().matches("(queue|extension)1"));
        }
        assertThat(board.at("/today/visits/calls").asInt()).as("of all").isEqualTo(1 + 2_001 * 2_002 / 2);
        assertThat(console.get("/v1/wallboard?account=far", ALL).json().path("agentsCut"))
                .isEqualTo(BooleanNode.FALSE);
    }

    private JsonNode callbacks(String members) throws Exception {
        return console.send("POST", "/v1/callbacks", ALL, "{" + members + "}").json();
    }

    /** A call that nobody answered, and that rang nobody. */
    private static ObjectNode missed(String id, @Nullable String number, String time) throws Exception {
        ObjectNode call = from(today(id, 0), number)
                .put("startTime", "2026-03-12T" + time + ":00.000Z")
                .put("result", "Missed");
        call.putNull("answerTime").putArray("legs");
        call.putArray("parties");
        return call;
    }

    private static ObjectNode placed(String id, String number, String time) throws Exception {
        ObjectNode call = today(id, 0).put("direction", "Outbound").put("startTime", "2026-03-12T" + time + ":00.000Z");
        call.putObject("to").put("phoneNumber", number);
        return call;
    }

    private static ObjectNode from(ObjectNode call, @Nullable String number) {
        call.putObject("from").put("phoneNumber", number);
        return call;
    }

    @Test
    void shouldCompareWithYesterdayAndTheSameWeekdayUpToTheSameHour() throws Exception {
        console.putWindow(TestWindows.hour("A", "2026-03-10T23:00:00Z", 100));
        console.putWindow(TestWindows.hour("A", "2026-03-11T00:00:00Z", 4));
        console.putWindow(TestWindows.hour("A", "2026-03-11T15:00:00Z", 100));
        console.putWindow(TestWindows.hour("A", "2026-03-04T23:00:00Z", 100));
        console.putWindow(TestWindows.hour("A", "2026-03-05T00:00:00Z", 1));
        console.putWindow(TestWindows.hour("A", "2026-03-05T14:00:00Z", 2));
        console.putWindow(TestWindows.hour("A", "2026-03-05T15:00:00Z", 100));
        console.putWindow(TestWindows.of("A", "queue", "50", "P1D", "2026-03-12T00:00:00Z", "2026-03-13T00:00:00Z", 9));
        console.putWindow(
                TestWindows.of("A", "queue", "50", "PT1H", "2026-03-11T13:00:00Z", "2026-03-11T14:00:00Z", 7));
        console.putWindow(
                TestWindows.of("A", "queue", "50", "PT1H", "2026-03-11T15:00:00Z", "2026-03-11T16:00:00Z", 100));

        JsonNode board = console.get("/v1/wallboard", ALL).json();

        JsonNode lastWeek = board.path("lastWeek");
        assertThat(board.at("/yesterday/calls").asInt()).isEqualTo(4);
        assertThat(board.at("/yesterday/until").asText()).isEqualTo("2026-03-11T15:00:00Z");
        assertThat(lastWeek.path("calls").asInt()).isEqualTo(3);
        assertThat(lastWeek.at("/serviceLevel/met").asInt()).isEqualTo(3);
        assertThat(lastWeek.path("until").asText()).isEqualTo("2026-03-05T15:00:00Z");
        assertThat(board.at("/queues/0/yesterday/calls").asInt()).isEqualTo(7);
        assertThat(board.at("/queues/0/yesterday/serviceLevel/met").asInt()).isEqualTo(7);
        assertThat(board.at("/queues/0/lastWeek").isNull()).isTrue();
    }

    @Test
    void shouldCompareWithNothingIfThatWeekIsNotKnown() throws Exception {
        console.putWindow(TestWindows.hour("A", "2026-03-04T23:00:00Z", 100));

        assertThat(console.get("/v1/wallboard", ALL).json().path("lastWeek").isNull())
                .isTrue();
    }

    @Test
    void shouldListWindowsByPages() throws Exception {
        for (int hour = 10; hour < 15; hour++) {
            console.putWindow(TestWindows.hour("A", "2026-03-12T" + hour + ":00:00Z", hour));
        }
        console.putWindow(TestWindows.of("A", "queue", "50", "PT1H", "2026-03-12T10:00:00Z", "2026-03-12T11:00:00Z", 1)
                .put("scopeName", "As it was called"));

        JsonNode first = windows("?scope=account&limit=2");
        JsonNode second =
                windows("?scope=account&limit=2&cursor=" + first.path("next").asText());

        assertThat(calls(first)).containsExactly(14, 13);
        assertThat(calls(second)).containsExactly(12, 11);
        assertThat(calls(windows("?scope=queue&id=50"))).containsExactly(1);
        assertThat(calls(windows("?account=B"))).isEmpty();
        assertThat(calls(windows("?window=P1D"))).isEmpty();
        assertThat(calls(windows("?scope=account&from=2026-03-12T11:00:00Z&to=2026-03-12T12:00:00Z")))
                .containsExactly(11);
        assertThat(windows("?scope=queue").at("/windows/0/label").asText()).isEqualTo("50");
        assertThat(windows("?scope=queue").toString())
                .as("a name that masking does not know")
                .doesNotContain("called");
        assertThat(windows("?scope=queue").path("next").isNull()).isTrue();
        for (String wrong : List.of(
                "scope=x",
                "window=PT1M",
                "from=monday",
                "to=9999-12-31T00:00:00Z",
                "from=-0001-01-01T00:00:00Z",
                "to=%2B1000000000-12-31T00:00:00Z",
                "limit=x",
                "cursor=x",
                "scop=queue")) {
            assertThat(console.get("/v1/windows?" + wrong, ALL).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void shouldSayWhoWaitedLongest() throws Exception {
        assertThat(console.send("POST", "/v1/calls/statistics", ALL, "{}")
                        .json()
                        .path("longestWait")
                        .isNull())
                .isTrue();
        console.put(call("short", 5_000, "Inbound"));
        console.put(call("long", 90_000, "Inbound"));
        console.put(call("own", 95_000, "Outbound"));

        JsonNode longest =
                console.send("POST", "/v1/calls/statistics", ALL, "{}").json().path("longestWait");
        JsonNode sorted = console.send("POST", "/v1/calls/search", ALL, "{\"sort\":\"wait\",\"limit\":2}")
                .json();

        assertThat(longest.path("callId").asText()).isEqualTo("long");
        assertThat(longest.path("waitMs").asLong()).isEqualTo(90_000);
        assertThat(console.send("POST", "/v1/calls/statistics", ALL, "{}")
                        .json()
                        .path("averageWaitMs")
                        .asLong())
                .isEqualTo(47_500);
        assertThat(longest.path("label").asText()).isEqualTo("Caller 1 +15550100002");
        assertThat(sorted.path("calls"))
                .extracting(row -> row.path("callId").asText())
                .as("in calls to others, the account itself waits")
                .containsExactly("long", "short");
        String rest = "\"limit\":2,\"cursor\":\"" + sorted.path("next").asText() + "\"}";
        assertThat(console.send("POST", "/v1/calls/search", ALL, "{\"sort\":\"wait\"," + rest)
                        .json()
                        .at("/calls/0/callId")
                        .asText())
                .isEqualTo("own");
        assertThat(console.send("POST", "/v1/calls/search", ALL, "{\"sort\":\"talk\"," + rest)
                        .status())
                .as("a cursor of another order")
                .isEqualTo(400);
        assertThat(console.send("POST", "/v1/calls/search", ALL, "{\"sort\":\"up\"}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void shouldListTheOwnDaysOfEachAccount() throws Exception {
        for (String account : List.of("A", "far")) {
            for (String start : List.of(
                    "2026-03-11T10:59:59.999Z",
                    "2026-03-11T11:00:00.000Z",
                    "2026-03-11T23:59:59.999Z",
                    "2026-03-12T00:00:00.000Z",
                    "2026-03-12T10:59:59.999Z",
                    "2026-03-12T11:00:00.000Z",
                    "2026-03-12T15:00:00.000Z")) {
                console.put(call(account + " " + start, 1_000, "Inbound")
                        .put("accountId", account)
                        .put("startTime", start));
            }
        }

        assertThat(listed("\"fromDay\":\"today\""))
                .as("in Auckland it is the 13th already")
                .containsExactlyInAnyOrder(
                        "A 2026-03-12T00:00:00.000Z",
                        "A 2026-03-12T10:59:59.999Z",
                        "A 2026-03-12T11:00:00.000Z",
                        "A 2026-03-12T15:00:00.000Z",
                        "far 2026-03-12T11:00:00.000Z",
                        "far 2026-03-12T15:00:00.000Z");
        assertThat(listed("\"fromDay\":\"today-1\",\"toDay\":\"today-1\""))
                .containsExactlyInAnyOrder(
                        "A 2026-03-11T10:59:59.999Z",
                        "A 2026-03-11T11:00:00.000Z",
                        "A 2026-03-11T23:59:59.999Z",
                        "far 2026-03-11T11:00:00.000Z",
                        "far 2026-03-11T23:59:59.999Z",
                        "far 2026-03-12T00:00:00.000Z",
                        "far 2026-03-12T10:59:59.999Z");
        assertThat(listed("\"account\":\"far\",\"fromDay\":\"2026-03-13\",\"to\":\"2026-03-12T12:00:00Z\""))
                .containsExactly("far 2026-03-12T11:00:00.000Z");
        for (String wrong : List.of(
                "monday",
                "today+1",
                "2026-02-30",
                "1999-12-31",
                "-0001-01-01",
                "9999-12-31",
                "+999999999-12-31",
                "today-99999")) {
            for (String name : List.of("fromDay", "toDay")) {
                assertThat(console.send("POST", "/v1/calls/search", ALL, "{\"" + name + "\":\"" + wrong + "\"}")
                                .status())
                        .as(name + " " + wrong)
                        .isEqualTo(400);
            }
        }
        assertThat(listed("\"fromDay\":\"today-9999\",\"toDay\":\"2099-12-31\""))
                .hasSize(14);
    }

    private List<String> listed(String filter) throws Exception {
        return console.send("POST", "/v1/calls/search", ALL, "{" + filter + "}")
                .json()
                .path("calls")
                .findValuesAsText("callId");
    }

    @Test
    void shouldGiveTheHoursOfAnAccountInItsZone() throws Exception {
        console.putWindow(day("A", "2026-03-12T00:00:00Z", "2026-03-13T00:00:00Z", 10));
        console.putWindow(day("far", "2026-03-12T11:00:00Z", "2026-03-13T11:00:00Z", 20));

        assertThat(console.get("/v1/wallboard?account=far", ALL)
                        .json()
                        .path("timeZone")
                        .asText())
                .isEqualTo("Pacific/Auckland");
        assertThat(console.get("/v1/wallboard?account=A", ALL)
                        .json()
                        .path("timeZone")
                        .asText())
                .isEqualTo("Z");
        assertThat(console.get("/v1/me", ALL).json().path("timeZones")).hasToString("{\"far\":\"Pacific/Auckland\"}");
    }

    private JsonNode windows(String query) throws Exception {
        return console.get("/v1/windows" + query, ALL).json();
    }

    private static List<Integer> calls(JsonNode answer) {
        return answer.path("windows").findValuesAsText("calls").stream()
                .map(Integer::valueOf)
                .toList();
    }

    private static ObjectNode day(String account, String start, String end, int calls) {
        return TestWindows.of(account, "account", account, "P1D", start, end, calls);
    }

    private static ObjectNode call(String id, long waitMs, String direction) throws Exception {
        ObjectNode call =
                (ObjectNode) JSON.readTree(Path.of("docs/examples/call.json").toFile());
        return call.put("callId", id).put("answerTime", after(call, waitMs)).put("direction", direction);
    }

    private static String after(ObjectNode call, long millis) {
        return Timestamps.iso(Instant.parse(call.path("startTime").asText())
                .plusMillis(millis)
                .toEpochMilli());
    }
}
