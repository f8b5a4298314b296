package io.callweave.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.console.api.FilledConsole;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The list of calls: its filter takes the calls that the server takes, and is in the address; its order; rows that keep still. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // for what would hang
@Tag("programs")
class ConsoleFilterIT {

    private static final String COMPARE = """
            Promise.all([import('/assets/filters.js'), import('/assets/api.js')]).then(async ([filters, {api}]) => {
              const filter = {...filters.EMPTY, range: 'all', ...%s};
              const ids = (rows) => rows.map((row) => row.callId).sort();
              const all = (await api.search({account: null, limit: 500})).calls;
              const found = (await api.search({...filters.body(filter, null), limit: 500})).calls;
              return {server: ids(found), page: ids(all.filter((row) => filters.takesRow(filter, null, row)))};
            })""";

    /** A filter, and the calls that it takes. */
    private static final String FILTERS = """
            {text: '+33 (6) 39'}                                          | french named
            {text: '639-98'}                                              | french named
            {text: 'ZOË'}                                                 | named
            {text: 'zoë  '}                                               | named
            {text: "o'h"}                                                 | transfer
            {text: "dana o'hara"}                                         | transfer
            {text: 'danao'}                                               |
            {text: '50'}                                                  | ALL
            {text: 'house sal'}                                           | queue
            {text: 'sales'}                                               | queue two
            {text: '-'}                                                   | queue
            {extension: '777'}                                            | transfer
            {extension: '809646016'}                                      | ALL
            {extension: '77'}                                             |
            {queue: '50'}                                                 | queue two
            {queue: 'A/50'}                                               | queue two
            {queue: 'B/50'}                                               |
            {queue: '60'}                                                 | two
            {queue: 'A/50', queueOutcome: 'overflow'}                     | two
            {queue: 'A/60', queueOutcome: 'answered'}                     | two
            {queue: 'A/60', queueOutcome: 'overflow'}                     |
            {queueOutcome: 'overflow'}                                    | ALL
            {direction: 'Internal'}                                       | internal
            {direction: 'Outbound'}                                       | outbound
            {result: 'missed'}                                            | missed
            {result: 'unanswered'}                                        |
            {result: 'partial'}                                           | partial
            {result: 'answered', transferred: true}                       | transfer
            {minTalk: '30000'}                                            | talk
            {minTalk: '30001'}                                            |
            {range: 'custom', from: '2026-03-12', to: '2026-03-12'}       | far-start edge
            {range: 'custom', from: '2026-03-12', to: ''}                 | far-start far-end edge
            {range: 'custom', from: '2026-03-13', to: '2026-03-13'}       | far-end
            {range: 'custom', from: '', to: '2026-03-11'}                 | BEFORE
            """;

    private static final String START = "2026-03-10T08:00:00.000Z";
    private static final String ROWS = "document.querySelector('.canvas .row')";
    private static final String KEYS = "[...document.querySelectorAll('.canvas .row')].map(row => row.dataset.key)";
    private static final int MANY = 230;

    @TempDir
    private static Path folder;

    private static Browser browser;

    private static FilledConsole console;

    private final List<ObjectNode> going = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start(Files.createDirectory(folder.resolve("browser")));
        browser.zone("America/St_Johns");
        browser.size(1440, 900);
        console = new FilledConsole(Files.createDirectory(folder.resolve("store")), "");
        console.name("A", "777", "Dana O'Hara", "user");
        console.name("A", "50", "Sales queue", "queue");
        console.putAll(calls());
    }

    @AfterAll
    static void stop() {
        if (console != null) {
            console.close();
        }
        if (browser != null) {
            browser.close();
        }
    }

    @AfterEach
    void endCalls() {
        going.forEach(console::removeLive);
    }

    @Test
    void shouldTakeTheSameCallsAsTheServer() {
        browser.open(console.at("/#/calls?range=all").toString());
        browser.await(ROWS);
        for (String line : FILTERS.lines().toList()) {
            String[] parts = line.split("\\|", -1);
            String filter = parts[0].strip();
            String expected = parts[1].strip();
            JsonNode found = browser.value(COMPARE.formatted(filter));

            List<String> server = texts(found.path("server"));
            assertThat(texts(found.path("page"))).as(filter).isEqualTo(server);
            switch (expected) {
                case "" -> assertThat(server).as(filter).isEmpty();
                case "ALL" -> assertThat(server).as(filter).hasSizeGreaterThan(3);
                case "BEFORE" ->
                    assertThat(server).as(filter).contains("far-before").doesNotContain("far-start", "edge");
                default -> assertThat(server).as(filter).containsExactlyInAnyOrder(expected.split(" ", -1));
            }
        }
    }

    @Test
    void shouldKeepTheFilterInTheFragment() {
        browser.open(console.at("/#/calls").toString());
        browser.await("document.querySelector('[name=range]')");
        choose("range", "all");
        choose("result", "missed");
        browser.await("location.hash === '#/calls?range=all&result=missed'");

        browser.open(browser.text("location.href"));
        browser.await(ROWS + " && " + KEYS + ".join() === 'A/missed'");
        browser.value("document.querySelector('.filters .clear').click()");
        browser.await("location.hash === '#/calls' && document.querySelector('[name=range]').value === 'today'");
        browser.value("history.back()");
        browser.await(KEYS + ".join() === 'A/missed' && document.querySelector('[name=result]').value === 'missed'");

        assertThat(browser.value(
                        "performance.getEntriesByType('resource').filter(each => each.name.includes('missed'))"))
                .as("requests with the filter in their address")
                .isEmpty();
    }

    @Test
    void shouldTakeNothingThatMakesNoSenseFromAnAddress() {
        browser.open(console.at("/#/calls?range=all&sort=x&result=partial&minTalk=1&nothing=1&from=%00&__proto__=1")
                .toString());
        browser.await("document.querySelector('.notice:not(.lost)')?.textContent"
                + ".endsWith('left out: sort, minTalk, nothing, from, __proto__.')");
        browser.await(KEYS + ".join() === 'A/partial'");

        assertThat(browser.text("document.querySelector('nav [aria-current=page]').textContent"))
                .isEqualTo("Calls");
    }

    @Test
    void shouldHoldRowsStillUnderTheMouse() throws IOException {
        browser.open(console.at("/#/calls?range=all").toString());
        browser.await(ROWS);
        browser.point("document.querySelectorAll('.canvas .row')[1]");
        String aimed = browser.text(KEYS + "[1]");
        for (int number = 0; number < 3; number++) {
            console.tell("live", console.putLive(talking("new-" + number, 10)));
        }
        browser.await("document.querySelector('.news')?.textContent.includes('3 new calls')");

        browser.click();
        browser.await("location.hash.startsWith('#/call/')");
        assertThat(browser.text("location.hash")).startsWith("#/call/" + aimed + "?");
        // Half a minute without a move of the mouse.
        browser.value("performance.now = (real => () => real() + 31_000)(performance.now.bind(performance)); 0");
        browser.await(KEYS + "[0] === 'A/new-2'");
        browser.point("document.querySelectorAll('.canvas .row')[3]");
        console.tell("live", console.putLive(talking("new-3", 10)));
        browser.await("document.querySelector('.news')?.textContent.includes('1 new call')");
        browser.value("document.querySelector('.news').click()");
        browser.await(KEYS + "[0] === 'A/new-3' && !document.querySelector('.news')");
    }

    @Test
    void shouldSortLiveCallsToo() throws IOException {
        console.putLive(talking("longest", 3600));
        console.putLive(talking("shorter", 5));

        for (String sort : List.of("talk", "wait")) {
            browser.open(console.at("/#/calls?range=all&sort=" + sort).toString());
            browser.await(KEYS + ".includes('A/longest') && " + KEYS + ".length > 10");
            List<String> keys = texts(browser.value(KEYS));
            assertThat(keys.get(0)).as(sort).isEqualTo("A/longest");
            assertThat(keys.indexOf("A/shorter")).as(sort).isNotEqualTo(1);
        }
        ObjectNode waits = talking("waits", 4);
        waits.putNull("answeredBy").putNull("answerTime").put("state", "queued");
        waits.withArray("parties")
                .addObject()
                .put("telephonySessionId", "s-1")
                .put("partyId", "p-1")
                .put("direction", "Inbound")
                .put("role", "participant")
                .put("queueExtensionId", "50")
                .put("status", "Proceeding")
                .put("since", waits.path("since").asText());
        console.tell("live", console.putLive(waits));
        browser.await(KEYS + "[0] === 'A/waits'");
    }

    @Test
    void shouldGoOnInASortedList() throws IOException {
        List<ObjectNode> many = new ArrayList<>();
        for (int number = 0; number < MANY; number++) {
            int wait = 1000 * (number / 3);
            many.add(
                    call("many-" + number, each -> each.put("accountId", "many").put("timeToAnswerMs", wait)));
        }
        console.putAll(many);
        browser.open(console.at("/#/calls?range=all&sort=wait").toString());
        browser.await(ROWS);

        browser.await("(document.querySelector('.rows').scrollTop = 1e7) && document.querySelector('.statistics')"
                + ".textContent.startsWith(document.querySelector('.canvas').clientHeight / 38 + ' finished')");

        assertThat(browser.value("import('/assets/calls.js').then(({items}) => {"
                                + " const waits = items().map(({row}) => row.waitMs ?? -1);"
                                + " return waits.length >= " + MANY
                                + " && waits.every((wait, at) => !at || wait <= waits[at - 1]); })")
                        .asBoolean())
                .isTrue();
    }

    private static void choose(String name, String value) {
        browser.value("{const box = document.querySelector('[name=" + name + "]'); if (box) { box.value = '" + value
                + "'; box.dispatchEvent(new Event('change')); }}");
    }

    private ObjectNode talking(String id, long seconds) throws IOException {
        String start = Instant.now().minusSeconds(seconds + seconds / 2).toString();
        String answer = Instant.now().minusSeconds(seconds).toString();
        ObjectNode live = (ObjectNode) new ObjectMapper().readTree("""
                {"accountId": "A", "callId": "%s", "status": "live", "state": "talking", "direction": "Inbound",
                 "internal": false, "startTime": "%s", "answerTime": "%s", "since": "%s", "sessions": ["s-1"],
                 "from": {"phoneNumber": "+15550100002"}, "to": {"phoneNumber": "+15550100006"}, "parties": [],
                 "answeredBy": {"extensionId": "104"}}""".formatted(id, start, answer, answer));
        going.add(live);
        return live;
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private static List<ObjectNode> calls() throws IOException {
        List<ObjectNode> calls = new ArrayList<>();
        calls.add(call("plain", each -> {}));
        calls.add(call("french", each -> from(each, "+33639980005", null)));
        calls.add(call("named", each -> from(each, "+33639981111", "Zoë Martin")));
        calls.add(call("transfer", each -> {
            ObjectNode party = ((ObjectNode) each.at("/parties/0"))
                    .deepCopy()
                    .put("partyId", "p-9")
                    .put("extensionId", "777");
            each.withArray("parties").add(party);
            each.withArray("transfers")
                    .addObject()
                    .put("kind", "blind")
                    .put("time", START)
                    .set("by", party);
        }));
        calls.add(call("queue", each -> visit(each, "50", "abandoned").put("name", "In-House Sales")));
        calls.add(call("two", each -> {
            visit(each, "50", "overflow");
            visit(each, "60", "answered");
        }));
        calls.add(call("internal", each -> each.put("internal", true).put("direction", "Outbound")));
        calls.add(call("outbound", each -> each.put("direction", "Outbound")));
        calls.add(call(
                "missed",
                each -> each.putNull("answerTime").put("result", "Missed").putArray("legs")));
        calls.add(call("partial", each -> each.put("status", "partial")));
        calls.add(call("talk", each -> each.put("talkMs", 30_000)));
        // In Auckland, the 12th is from 11:00 of the 11th to 11:00 of the 12th of UTC.
        calls.add(at("far-before", "far", "2026-03-11T10:59:59.999Z"));
        calls.add(at("far-start", "far", "2026-03-11T11:00:00.000Z"));
        calls.add(at("far-end", "far", "2026-03-12T11:00:00.000Z"));
        calls.add(at("edge", "A", "2026-03-12T00:00:00.000Z"));
        calls.add(at("edge-before", "A", "2026-03-11T23:59:59.999Z"));
        return calls;
    }

    private static ObjectNode visit(ObjectNode call, String queue, String outcome) {
        return call.withArray("queues")
                .addObject()
                .put("queueExtensionId", queue)
                .put("enterTime", START)
                .put("leaveTime", START)
                .put("outcome", outcome);
    }

    private static void from(ObjectNode call, String number, String name) {
        call.putObject("from").put("phoneNumber", number).put("name", name);
    }

    private static ObjectNode at(String id, String account, String start) throws IOException {
        return call(id, each -> each.put("accountId", account).put("startTime", start));
    }

    private static ObjectNode call(String id, Consumer<ObjectNode> change) throws IOException {
        ObjectNode call = (ObjectNode)
                new ObjectMapper().readTree(Path.of("docs/examples/call.json").toFile());
        call.put("accountId", "A").put("callId", id).put("startTime", START);
        ArrayNode none = call.putArray("transfers");
        assertThat(none).isEmpty();
        change.accept(call);
        if (call.hasNonNull("answerTime")) {
            Instant start = Instant.parse(call.path("startTime").asText());
            call.put(
                    "answerTime",
                    start.plusMillis(call.path("timeToAnswerMs").asLong()).toString());
        }
        return call;
    }
}
