package io.callweave.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.console.api.FilledConsole;
import io.callweave.metrics.ServiceGoals;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the words and figures of the page mean, in a real browser and without Kafka. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // for what would hang
@Tag("programs")
class ConsoleWordsIT {

    private static final Pattern TIMES = Pattern.compile("\"@(\\d+)\"");
    private static final String TILES = "document.querySelector('.tiles').textContent";
    private static final String FACTS = "document.querySelector('.facts')?.textContent";

    @TempDir
    private static Path browserFolder;

    private static Browser browser;

    @TempDir
    private Path folder;

    private FilledConsole console;
    private final Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);

    @BeforeAll
    static void startBrowser() throws Exception {
        browser = Browser.start(browserFolder);
        browser.zone("UTC");
    }

    @AfterAll
    static void stopBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void start() {
        console = new FilledConsole(folder, "");
        browser.size(1440, 900);
        browser.problems().clear();
    }

    @AfterEach
    void stop() {
        List<String> problems = List.copyOf(browser.problems());
        browser.open("data:text/html,gone"); // so that the page does not miss its console
        console.close();
        assertThat(problems).isEmpty();
    }

    @Test
    void shouldCountOnlyThoseWhoWait() throws Exception {
        console.putLive(live("waits", 130, """
                {"partyId": "1", "role": "participant", "direction": "Outbound", "status": "Answered", "since": "@130"},
                {"partyId": "2", "role": "participant", "direction": "Inbound", "extensionId": "104",
                 "queueExtensionId": "50", "name": "Sales queue", "status": "Proceeding", "since": "@70"}"""));
        console.putLive(live("silent", 1000, """
                {"partyId": "1", "role": "participant", "direction": "Outbound", "status": "Answered", "since": "@1000"},
                {"partyId": "2", "role": "participant", "direction": "Inbound", "extensionId": "105",
                 "queueExtensionId": "50", "name": "Sales queue", "status": "Proceeding", "since": "@900"}"""), now.minusSeconds(900));
        console.putLive(live("lost", 2000, """
                {"partyId": "2", "role": "participant", "direction": "Inbound", "extensionId": "107",
                 "queueExtensionId": "50", "name": "Sales queue", "status": "Proceeding", "since": "@1900"}"""), now.minusSeconds(1900));
        console.putLive(live("answered", 700, """
                {"partyId": "2", "role": "participant", "direction": "Inbound", "extensionId": "106",
                 "queueExtensionId": "50", "name": "Sales queue", "status": "Proceeding", "since": "@690"}""").put("answerTime", at(650)), now);

        browser.open(console.at("/#/now").toString());
        browser.await("document.querySelectorAll('.row.is-live').length === 4");

        assertThat(tile("Waiting in queues"))
                .as("people do wait for ten minutes")
                .containsPattern("215:\\d\\d longest wait now, Sales")
                .contains("1 without news", "1 may have ended")
                .doesNotContain("31:");
        assertThat(browser.text(chip("waits"))).startsWith("waiting 1:1");
        assertThat(browser.text(chip("silent"))).startsWith("waiting 15:").endsWith("no news");
        assertThat(browser.text(chip("lost"))).startsWith("no news 31:");
        assertThat(browser.text(chip("answered"))).startsWith("ending 0:0");
        assertThat(browser.text("document.querySelector('.side tbody tr').textContent"))
                .contains("Sales", "1 may have ended 1 no news 2");
        assertThat(browser.text("document.title")).startsWith("(2 waiting)");
        assertThat(
                        browser.text(
                                "[...document.querySelectorAll('.tiles a, .side tbody tr a')].map(each => each.hash).join(' ')"))
                .as("each longest wait leads to the call")
                .isEqualTo("#/call/A/silent #/call/A/silent");
        browser.value("document.querySelector('.side tbody button.chip').click()");
        browser.await("document.querySelectorAll('.canvas .row').length === 2");
        assertThat(browser.text(
                        "[...document.querySelectorAll('.canvas .row')].map(each => each.dataset.key).join(' ')"))
                .as("the longest wait in the queue first")
                .isEqualTo("A/silent A/waits");
        assertThat(browser.text("document.querySelector('.canvas .row:last-child .c-wait').textContent"))
                .as("the wait in the queue, not from the start of the call")
                .startsWith("1:1");
        assertThat(browser.text("document.querySelector('nav [aria-current=page]').textContent"))
                .startsWith("Waiting");
        browser.open(console.at("/#/call/A/waits").toString());
        browser.await(FACTS);
        assertThat(browser.text(FACTS)).containsPattern("Has waited2:1\\d").containsPattern("In the queue Sales1:1\\d");
    }

    @Test
    void shouldLeadFromASupersededCallToTheOneThatHasItNow() throws Exception {
        ObjectNode whole = (ObjectNode)
                new ObjectMapper().readTree(Path.of("docs/examples/call.json").toFile());
        whole.put("accountId", "A").put("callId", "whole");
        ObjectNode part = whole.deepCopy();
        part.put("callId", "part").put("status", "superseded").put("supersededBy", "whole");
        console.putAll(List.of(whole, part));

        browser.open(console.at("/#/call/A/part").toString());
        browser.await("document.querySelector('.drawer a')");

        assertThat(browser.text("document.querySelector('.drawer').textContent"))
                .contains("part of another one");
        browser.value("document.querySelector('.drawer a').click()");
        browser.await(FACTS);
        assertThat(browser.text("location.hash")).isEqualTo("#/call/A/whole");
        browser.problems().clear(); // the answer 410
    }

    @Test
    void shouldListAgentsInTheirFirstCallOfTheDay() throws Exception {
        console.name("A", "104", "Dana Reyes", "user");
        console.name("A", "9", "Main menu", "ivr");
        console.putLive(live("talks", 40, """
                {"partyId": "1", "role": "participant", "direction": "Outbound", "status": "Answered", "since": "@40"},
                {"partyId": "2", "role": "participant", "direction": "Inbound", "extensionId": "9", "status": "Setup",
                 "since": "@39"},
                {"partyId": "3", "role": "participant", "direction": "Inbound", "extensionId": "104",
                 "status": "Answered", "since": "@31"}""").put("state", "talking").put("answerTime", at(31)));

        browser.open(console.at("/#/queues").toString());
        browser.await("document.querySelector('.sheet')?.textContent.includes('Dana Reyes')");

        assertThat(browser.text("document.querySelector('[aria-label=Agents] tbody').textContent"))
                .containsPattern("Dana Reyes\\s*talking 0:3")
                .doesNotContain("Main menu");
    }

    @Test
    void shouldFollowTheClockOfTheEvents() throws Exception {
        console.putLive(recorded("recorded", "A", Duration.ofDays(2000)), now);
        console.putLive(recorded("later", "A", Duration.ofDays(2000).minusMinutes(13)), now);
        console.putLive(recorded("fast", "B", Duration.ofHours(1)), now);
        console.putLive(recorded("faster", "B", Duration.ofHours(1).minusSeconds(30)), now);

        browser.open(console.at("/#/calls?range=all").toString());
        browser.await("document.querySelectorAll('.canvas .row').length === 4");

        for (String id : List.of("A/recorded", "A/later", "B/faster")) {
            assertThat(browser.text("document.querySelector('[data-key=\"" + id + "\"] .chip').textContent"))
                    .as(id)
                    .matches("talking 0:[0-2]\\d");
        }
        assertThat(browser.text("document.querySelector('[data-key=\"B/fast\"] .chip').textContent"))
                .as("others tell how late it is in this feed")
                .matches("talking (0:[3-5]|1:\\d)\\d");
        browser.open(console.at("/#/call/A/recorded").toString());
        browser.await(FACTS);
        assertThat(browser.text(FACTS)).containsPattern("On the line0:\\d\\d");
        browser.open(console.at("/#/queues").toString());
        browser.await("document.querySelector('[aria-label=Agents]')");
        assertThat(browser.text("document.querySelector('[aria-label=Agents] tbody').innerText"))
                .as("the number of the account is no agent")
                .doesNotContain("A\t");
    }

    /** A call whose newest event, the answer, is received now, and happened long ago. */
    private ObjectNode recorded(String id, String account, Duration ago) throws IOException {
        long seconds = ago.toSeconds();
        ObjectNode call = live(id, seconds + 9, """
                {"partyId": "2", "role": "participant", "direction": "Inbound", "extensionId": "104",
                 "status": "Answered", "since": "@%1$d"},
                {"partyId": "3", "role": "participant", "direction": "Inbound", "extensionId": "%2$s",
                 "status": "Answered", "since": "@%1$d"}""".formatted(seconds, account));
        return call.put("accountId", account)
                .put("state", "talking")
                .put("answerTime", at(seconds))
                .put("since", at(seconds));
    }

    @Test
    void shouldSortAndFilterAgentsAndSaySinceWhenTheyAreFree() throws Exception {
        console.close();
        console = new FilledConsole(folder.resolve("agents"), ServiceGoals.NONE, now);
        String day = now.truncatedTo(ChronoUnit.DAYS).toString();
        for (String agent : List.of("104 Dana 3", "105 Milo 5", "106 Zoe 1")) {
            String[] parts = agent.split(" ", -1);
            console.name("A", parts[0], parts[1], "user", parts[1].equals("Zoe") ? "Sales" : "Support");
            console.putWindow(day("extension", parts[0], "calls", Integer.parseInt(parts[2]))
                    .put("windowStart", day)
                    .put(
                            "windowEnd",
                            now.truncatedTo(ChronoUnit.DAYS)
                                    .plus(Duration.ofDays(1))
                                    .toString()));
        }
        console.putAll(List.of(rung(call("one"), "104", 200), rung(call("two"), "105", 100)));
        console.putLive(live("talks", 40, """
                {"partyId": "3", "role": "participant", "direction": "Inbound", "extensionId": "106",
                 "status": "Answered", "since": "@31"}""").put("state", "talking").put("answerTime", at(31)));
        browser.open(console.at("/#/queues").toString());
        browser.await("document.querySelectorAll('[aria-label=Agents] tbody tr').length === 3");

        assertThat(agents()).containsExactly("Dana", "Milo", "Zoe");
        browser.value("document.querySelectorAll('[aria-label=Agents] th button')[1].click()");
        browser.await("document.querySelectorAll('[aria-label=Agents] th')[1].ariaSort");
        assertThat(agents()).as("the longest free first").containsExactly("Dana", "Milo", "Zoe");
        assertThat(browser.text("document.querySelector('[aria-label=Agents] tbody').innerText"))
                .containsPattern("(?s)Dana\\s+free [34]:\\d\\d.*Milo\\s+free [12]:\\d\\d.*Zoe\\s+talking \\d:\\d\\d");
        browser.value("document.querySelectorAll('[aria-label=Agents] th button')[2].click()");
        browser.await("document.querySelector('[aria-label=Agents] tbody th').innerText === 'Milo'");
        chooseAgents("Department", "Sales");
        browser.await("document.querySelectorAll('[aria-label=Agents] tbody tr').length === 1");
        assertThat(agents()).containsExactly("Zoe");
        chooseAgents("Department", "");
        chooseAgents("Queue", "A/50");
        browser.await("document.querySelectorAll('[aria-label=Agents] tbody tr').length === 2");

        assertThat(agents()).as("those whom this queue rang").containsExactly("Milo", "Dana");
    }

    private static List<String> agents() {
        return List.of(browser.text(
                        "[...document.querySelectorAll('[aria-label=Agents] tbody th')].map(each => each.innerText.trim()).join(',')")
                .split(",", -1));
    }

    private static void chooseAgents(String filter, String value) {
        browser.value("{const box = document.querySelector('[aria-label=\"" + filter
                + " of the agents\"]'); box.value = '" + value + "'; box.dispatchEvent(new Event('change'))}");
    }

    /** A call in which a queue rang an agent, who hung up some seconds ago. */
    private ObjectNode rung(ObjectNode call, String agent, long secondsAgo) {
        call.put("startTime", at(secondsAgo + 60)).put("endTime", at(secondsAgo));
        ObjectNode party = (ObjectNode) call.path("parties").get(1);
        party.put("extensionId", agent).put("queueExtensionId", "50").put("endTime", at(secondsAgo));
        call.putArray("parties").add(party);
        return call;
    }

    @Test
    void shouldOpenAsManyCallsAsAFigureSays() throws Exception {
        console.putLive(live("rings", 3_000, """
                {"partyId": "2", "role": "participant", "direction": "Inbound", "extensionId": "104",
                 "status": "Proceeding", "since": "@3000"}""").put("state", "ringing"));
        console.putWindow(day("account", "A", "calls", 4, "answered", 3, "unanswered", 1));
        console.putWindow(day("queue", "50", "calls", 3, "answered", 1, "overflow", 1, "answeredElsewhere", 1));
        console.putWindow(day("queue", "50", "calls", 1, "overflow", 1).put("accountId", "B"));
        console.putAll(List.of(
                answered(inQueue(call("first"), "50", "answered"), 83_000),
                answered(inQueue(call("passed"), "50", "overflow", 31_000), 93_000),
                inQueue(call("elsewhere"), "50", "answeredElsewhere"),
                answered(call("own"), 99_000),
                call("listens").put("action", "Monitoring"),
                inQueue(call("other"), "50", "overflow").put("accountId", "B")));
        browser.open(console.at("/#/queues").toString());
        browser.await("document.querySelector('[aria-label=Queues] tbody')");

        assertThat(browser.text("document.querySelector('[aria-label=Queues] tbody tr').innerText")
                        .split("\\s+", -1))
                .containsExactly("50", "A", "0", "–", "0:31", "3", "1", "0", "0", "1", "1", "–", "–", "–");
        follow("Overflow");
        assertThat(shownCalls()).containsExactly("A/passed");
        assertThat(browser.text(
                        "[...document.querySelector('[name=queue]').options].map(each => each.text).join(', ')"))
                .isEqualTo("Queue: any, 50 (A), 50 (B)");
        browser.value("history.back()");
        follow("Longest wait today");
        browser.await("location.hash.startsWith('#/call/A/passed') && document.querySelector('.drawer .sentence')");
        browser.open(console.at("/#/now").toString());
        browser.await("document.querySelector('.tiles')?.textContent.includes('75 % of 4 calls')");
        assertThat(tile("Answered calls today")).contains("and 1 monitoring call");
        assertThat(tile("Missed")).contains("1 unanswered · 0 fax");
        assertThat(tile("Waiting in queues"))
                .as("in a queue, without the menu before it")
                .contains("0:31 longest today");
        assertThat(browser.text("document.querySelector('.tiles a').hash")).isEqualTo("#/call/A/passed");
    }

    @Test
    void shouldSayInWordsWhatAServiceLevelCountsAndWhetherItsGoalIsReached() throws Exception {
        console.close();
        console = new FilledConsole(
                folder.resolve("goals"),
                new ServiceGoals(80, Map.of("A", Map.of("60", 50))),
                Instant.parse("2026-03-12T15:30:00Z"));
        console.putWindow(level(day("account", "A", "calls", 20, "abandoned", 5), 14, 20));
        console.putWindow(level(day("queue", "50", "calls", 12, "abandoned", 6), 8, 12));
        console.putWindow(level(day("queue", "60", "calls", 8, "answered", 8), 6, 8));
        console.putWindow(level(day("account", "A", "calls", 10, "answered", 10), 9, 10)
                .put("window", "PT1H")
                .put("windowStart", "2026-03-11T10:00:00Z")
                .put("windowEnd", "2026-03-11T11:00:00Z"));

        browser.open(console.at("/#/queues").toString());
        browser.await("document.querySelectorAll('[aria-label=Queues] tbody tr').length === 2");

        assertThat(tile("Service level"))
                .contains(
                        "70.0 %",
                        "14 of 20 answered or abandoned visits to queues: answered within 20\u00a0s",
                        "goal 80 % not reached");
        assertThat(tile("Abandoned visits")).contains("6", "30 % of 20 visits to queues");
        assertThat(tile("Abandoned calls")).contains("5", "25 % of 20 calls");
        assertThat(browser.text("document.querySelector('[aria-label=Queues] tbody').innerText"))
                .containsPattern("(?s)66\\.7 %.*goal 80 % not reached.*75\\.0 %.*goal 50 % reached");
        assertThat(browser.text("document.querySelector('.meaning').textContent"))
                .contains("Service level", "Abandoned visits", "Abandoned calls", "Speed of answer", "Handle time");
        assertThat(browser.text("document.querySelector('[aria-label=\"Earlier days\"]').innerText"))
                .containsPattern("(?s)yesterday until 15:00.*70\\.0 %\\s+90\\.0 %");
        browser.size(390, 844);
        browser.await(
                "document.querySelectorAll('[aria-label=Queues] thead th')[4]?.textContent.startsWith('Service level')");
        assertThat(browser.value("[3, 4].every(at => document.querySelectorAll('[aria-label=Queues] tbody td')[at - 1]"
                                + ".getBoundingClientRect().right <= innerWidth)")
                        .asBoolean())
                .as("abandoned visits and service level are seen on a phone")
                .isTrue();
        browser.size(1440, 900);
        console.tell("live", console.putLive(waits("late", "A", "50", 25)));
        console.tell("live", console.putLive(waits("early", "A", "60", 5)));
        browser.await("document.querySelector('[aria-label=Queues] tr.late')");
        assertThat(browser.text("document.querySelector('[aria-label=Queues] tr.late th').innerText"))
                .as("longer than what is in time there")
                .isEqualTo("50");
        browser.value("location.hash = '#/wall'");
        browser.await("document.querySelector('.wall tr.late')");
        assertThat(browser.value("parseFloat(getComputedStyle(document.querySelector('.wall td')).fontSize)")
                        .asDouble())
                .as("is read from five metres")
                .isGreaterThan(50);
        browser.key("Escape");
        browser.await("location.hash === '#/queues' && document.querySelector('nav')");
    }

    private static ObjectNode level(ObjectNode window, int within, int counted) {
        window.putObject("serviceLevel")
                .put("thresholdMs", 20_000)
                .put("answeredWithin", within)
                .put("counted", counted);
        return window;
    }

    @Test
    void shouldLeaveACallFinishedWhoseLastLiveValueComesAfterItsRecord() throws Exception {
        ObjectNode live = console.putLive(live("ends", 30, """
                {"partyId": "2", "role": "participant", "direction": "Inbound", "extensionId": "104",
                 "status": "Answered", "since": "@20"}""").put("state", "talking"));
        browser.open(console.at("/#/calls?range=all").toString());
        String row = "document.querySelector('[data-key=\"A/ends\"]')";
        browser.await(row + " && " + row + ".dataset.state !== 'over'");

        console.removeLive(live);
        console.tell("call", console.putAll(List.of(call("ends"))).get(0));
        console.tell("live", live);
        console.tell("over", live);
        console.tell("call", console.putAll(List.of(call("after"))).get(0));
        browser.await("document.querySelector('[data-key=\"A/after\"]')");

        assertThat(browser.text(row + ".dataset.state")).isEqualTo("over");
    }

    private static void follow(String column) {
        browser.await("document.querySelector('[aria-label=Queues] tbody button.link')");
        browser.value(
                "{const at = [...document.querySelectorAll('[aria-label=Queues] th')].findIndex(each => each.textContent === '"
                        + column
                        + "'); document.querySelector('[aria-label=Queues] tbody tr').children[at].querySelector('button, a').click()}");
    }

    private static List<String> shownCalls() {
        browser.await("document.querySelector('.listing') && !document.querySelector('.listing .empty')"
                + " && document.querySelector('.statistics')?.textContent.startsWith("
                + "document.querySelectorAll('.canvas .row').length + ' finished')");
        return List.of(
                browser.text("[...document.querySelectorAll('.canvas .row')].map(each => each.dataset.key).join(' ')")
                        .split(" ", -1));
    }

    @Test
    void shouldSortQueuesByHowManyWaitUnlessSomebodyIsThere() throws Exception {
        console.name("A", "50", "Sales", "queue");
        console.name("B", "50", "Sales", "queue");
        console.name("A", "60", "Support", "queue");
        console.putLive(waits("one", "A", "60", 90));
        console.putLive(waits("two", "A", "50", 30));
        console.putLive(waits("three", "B", "50", 60));
        browser.open(console.at("/#/queues").toString());
        browser.await("document.querySelectorAll('[aria-label=Queues] tbody tr').length === 3");
        assertThat(queues()).containsExactly("Support", "Sales B", "Sales A");

        browser.value("document.querySelector('[aria-label=Queues] tbody button').focus()");
        console.tell("live", console.putLive(waits("four", "A", "50", 5)));
        browser.await("document.querySelector('[aria-label=Queues] tbody').textContent.includes('2')");
        assertThat(queues()).as("somebody is at the table").containsExactly("Support", "Sales B", "Sales A");
        browser.value("document.activeElement.blur()");
        browser.await("document.querySelector('[aria-label=Queues] tbody th').textContent.includes('A')");

        assertThat(queues()).containsExactly("Sales A", "Support", "Sales B");
    }

    private static List<String> queues() {
        return List.of(browser.text(
                        "[...document.querySelectorAll('[aria-label=Queues] tbody th')].map(each => each.innerText.trim()).join(',')")
                .split(",", -1));
    }

    private ObjectNode waits(String id, String account, String queue, long secondsAgo) throws IOException {
        return live(id, secondsAgo, """
                {"partyId": "1", "role": "participant", "direction": "Outbound", "status": "Answered", "since": "@%1$d"},
                {"partyId": "2", "role": "participant", "direction": "Inbound", "extensionId": "104",
                 "queueExtensionId": "%2$s", "status": "Proceeding", "since": "@%1$d"}""".formatted(secondsAgo, queue)).put("accountId", account);
    }

    @Test
    void shouldFindALiveCallByEachQueueThatItPassed() throws Exception {
        console.putLive(waits("moves", "A", "50", 30));
        console.putLive(waits("moves", "A", "60", 10));
        browser.open(console.at("/#/calls").toString());
        browser.await("document.querySelector('.canvas .row')");

        assertThat(browser.value("""
                Promise.all([import('/assets/filters.js'), import('/assets/board.js')]).then(([filters, {live}]) => {
                  const takes = (queue) => filters.takesLive({...filters.EMPTY, queue}, null, [...live.values()][0]);
                  return ['50', '60', 'A/50', 'B/50', '5'].filter(takes).join(' ');
                })""").asText()).isEqualTo("50 60 A/50");
    }

    @Test
    void shouldNotExportLiveCalls() throws Exception {
        console.putLive(waits("one", "A", "60", 90));
        browser.open(console.at("/#/calls").toString());
        browser.await("document.querySelector('.canvas .row')");
        boolean before = browser.value("document.querySelector('[aria-label^=Export]').disabled")
                .asBoolean();

        browser.value("{const box = document.querySelector('[name=result]'); box.value = 'live';"
                + " box.dispatchEvent(new Event('change'))}");
        browser.await("document.querySelector('[aria-label^=Export]').disabled");

        assertThat(before).isFalse();
        assertThat(browser.text("document.querySelector('[aria-label^=Export]').title"))
                .contains("finished calls");
    }

    private static ObjectNode inQueue(ObjectNode call, String queue, String outcome) {
        return inQueue(call, queue, outcome, 0);
    }

    private static ObjectNode inQueue(ObjectNode call, String queue, String outcome, long waitMs) {
        call.withArray("queues")
                .addObject()
                .put("queueExtensionId", queue)
                .put("enterTime", call.path("startTime").asText())
                .put("leaveTime", afterStart(call, waitMs))
                .put("waitMs", waitMs)
                .put("outcome", outcome);
        return call;
    }

    private static ObjectNode answered(ObjectNode call, long millis) {
        return call.put("answerTime", afterStart(call, millis)).put("timeToAnswerMs", millis);
    }

    private static String afterStart(ObjectNode call, long millis) {
        return Instant.parse(call.path("startTime").asText()).plusMillis(millis).toString();
    }

    private static ObjectNode day(String scope, String id, Object... figures) {
        ObjectNode window = new ObjectMapper()
                .createObjectNode()
                .put("accountId", "A")
                .put("scope", scope)
                .put("scopeId", id)
                .put("window", "P1D")
                .put("windowStart", "2026-03-12T00:00:00Z")
                .put("windowEnd", "2026-03-13T00:00:00Z");
        for (int i = 0; i < figures.length; i += 2) {
            window.put((String) figures[i], (int) figures[i + 1]);
        }
        return window;
    }

    @Test
    void shouldNameEachWaitOfACall() throws Exception {
        console.name("A", "50", "Sales", "queue");
        console.name("A", "60", "Support", "queue");
        console.putAll(List.of(inQueue(inQueue(call("waited"), "50", "overflow", 5_900), "60", "answered", 7_900)));

        browser.open(console.at("/#/call/A/waited").toString());
        browser.await(FACTS);

        assertThat(browser.text(FACTS))
                .contains("Answered after0:16", "In the queue Sales0:05", "In the queue Support0:07");
    }

    @Test
    void shouldWarnOfARecordThatIsNotWhole() throws Exception {
        ObjectNode call = call("partial").put("status", "partial");
        call.putArray("incomplete").add("sequenceGap").add("noFinalStatus");
        console.putAll(List.of(call));

        browser.open(console.at("/#/call/A/partial").toString());
        browser.await("document.querySelector('.warning') && document.querySelector('.canvas .row')");

        assertThat(browser.text("document.querySelector('.warning').textContent"))
                .contains("An event was lost", "The end of the call was not seen");
        assertThat(browser.text(chip("partial"))).endsWith(", partial");
        assertThat(browser.text(chip("partial").replace(".textContent", ".title")))
                .isEqualTo("Partial: end not seen, event lost");
        assertThat(browser.text("document.querySelector('nav [aria-current=page]').textContent"))
                .as("a call that was opened by its address is beside the list")
                .isEqualTo("Calls");
    }

    @Test
    void shouldShowARevisionOfANewerEpoch() throws Exception {
        ObjectNode row = console.putAll(List.of(call("epochs").put("epoch", 1).put("revision", 3)))
                .get(0);
        browser.open(console.at("/#/call/A/epochs").toString());
        browser.await("document.querySelector('.subtitle')?.textContent.includes('revision 3')");

        ObjectNode newer = console.putAll(List.of(
                        call("epochs").put("epoch", 2).put("revision", 1).put("holdMs", 61_000)))
                .get(0);
        console.tell("call", newer);
        browser.await("document.querySelector('.subtitle').textContent.includes('revised just now')");

        assertThat(browser.text(FACTS)).contains("Hold1:01");
        browser.open(console.at("/#/calls").toString());
        browser.await("document.querySelector('.tiles') === null && document.querySelector('.canvas .row')");
        browser.value("{const box = document.querySelector('[name=range]'); box.value = 'all';"
                + " box.dispatchEvent(new Event('change'))}");
        browser.await("document.querySelector('.statistics')?.textContent.startsWith('1 finished')");
        console.tell("call", newer.put("talkMs", 3_723_000));
        console.tell("call", row.put("outcome", "missed"));
        console.tell("call", console.putAll(List.of(call("after"))).get(0));
        browser.await("document.querySelectorAll('.canvas .row').length === 2");

        String shown = browser.text("document.querySelector('[data-key=\"A/epochs\"]').textContent");
        assertThat(shown).contains("answered", "1:02:03");
        assertThat(browser.value("(cell => cell.scrollWidth <= cell.clientWidth)(document.querySelector("
                                + "'[data-key=\"A/epochs\"] .c-talk'))")
                        .asBoolean())
                .as("more than an hour fits")
                .isTrue();
        browser.value("location.hash = '#/call/A/epochs?range=all'");
        browser.await("document.querySelector('.drawer .facts') && !document.querySelector('.rows.wide')");
        assertThat(browser.value(
                                "[...document.querySelectorAll('[data-key=\"A/epochs\"] :is(.c-talk, .c-time, .c-wait)')]"
                                        + ".every(cell => cell.scrollWidth <= cell.clientWidth)")
                        .asBoolean())
                .as("also beside the call")
                .isTrue();
    }

    @Test
    void shouldShowWholeNumbersAndNoMoreThanFitsTheScreen() throws Exception {
        console.name("A", "50", "Customer Support Billing", "queue");
        console.putLive(waits("waits", "A", "50", 4_000));
        ObjectNode call = call("one");
        ((ObjectNode) call.path("from")).put("phoneNumber", "+447700900148").putNull("name");
        console.putAll(List.of(call));

        for (int width : List.of(390, 768, 1190, 1400, 1440, 1920)) {
            browser.size(width, 900);
            for (String fragment : List.of("#/now", "#/calls?range=all", "#/callback", "#/queues", "#/wall")) {
                browser.open(console.at("/" + fragment).toString());
                browser.await("document.querySelector('main.page') && !document.body.textContent.includes('Loading')");
                browser.await(
                        "!location.hash.includes('calls') || document.querySelectorAll('.canvas .row').length > 1");

                assertThat(browser.value("[document.scrollingElement, ...document.querySelectorAll('.wall, main')]"
                                        + ".every(each => each.scrollWidth <= each.clientWidth)")
                                .asBoolean())
                        .as("%s fits %d", fragment, width)
                        .isTrue();
                assertThat(
                                browser.text(
                                        "[...document.querySelectorAll('.canvas .c-from')]"
                                                + ".filter(each => each.scrollWidth > each.clientWidth).map(each => each.textContent).join()"))
                        .as("what is cut of numbers in %s at %d", fragment, width)
                        .isEmpty();
            }
        }
    }

    @Test
    void shouldSayThatCallsAreLeftOut() throws Exception {
        console.close();
        console = new FilledConsole(folder.resolve("excluding"), true);

        browser.open(console.at("/#/now").toString());
        browser.await("document.querySelector('header .chip')");

        assertThat(browser.text("document.querySelector('header .chip').textContent"))
                .isEqualTo("calls left out");
        assertThat(browser.text("document.querySelector('header .chip').title"))
                .contains("privacy.exclude", "count them");
    }

    @Test
    void shouldSortOnAPhone() throws Exception {
        console.putAll(List.of(
                answered(call("short"), 3_000),
                answered(call("long").put("startTime", "2026-03-12T09:00:00.000Z"), 83_000)));
        browser.size(390, 844);
        browser.open(console.at("/#/calls").toString());
        browser.await("document.querySelectorAll('.canvas .row').length === 2");

        browser.value("{const box = document.querySelector('[name=sort]'); box.value = 'wait';"
                + " box.dispatchEvent(new Event('change'))}");
        browser.await("document.querySelector('.canvas .row')?.dataset.key === 'A/long'");

        assertThat(browser.value("document.querySelector('[name=sort]').getBoundingClientRect().width")
                        .asInt())
                .isPositive();
        assertThat(browser.value("document.querySelector('.canvas .c-wait').getBoundingClientRect().width")
                        .asInt())
                .isPositive();
        assertThat(browser.text("document.querySelector('.canvas .c-wait').textContent"))
                .isEqualTo("1:23");
    }

    @Test
    void shouldExplainOnTapAndKeepRoomForTheListWhenEnlarged() throws Exception {
        console.putAll(List.of(call("one")));
        browser.open(console.at("/#/now").toString());
        browser.await(TILES + ".includes('Waiting')");

        browser.value("document.querySelectorAll('.tile')[1].querySelector('.s').dispatchEvent("
                + "new PointerEvent('click', {pointerType: 'touch', bubbles: true}))");
        browser.await("document.querySelector('.notice:not(.lost).shown')?.textContent.includes('in its queue')");
        browser.value("[...document.querySelectorAll('.tile .explain')].at(-1).click()");
        browser.await("document.querySelector('.notice:not(.lost)').textContent.includes('Missed: nobody answered')");
        browser.size(720, 450); // as at 200 %
        browser.await("innerHeight === 450");

        assertThat(browser.value("document.querySelector('.rows').clientHeight").asInt())
                .isGreaterThan(150);
        assertThat(browser.value("document.querySelector('main.page').scrollHeight > 450")
                        .asBoolean())
                .as("the page scrolls")
                .isTrue();
        assertThat(browser.text("fetch('/').then(page => page.text())"))
                .as("before the script")
                .contains("Opening the console");
    }

    @Test
    void shouldLeadFromANumberToAllItsCalls() throws Exception {
        ObjectNode missed = call("missed").put("result", "Missed");
        missed.putNull("answerTime").putArray("legs");
        missed.putObject("from").put("phoneNumber", "+15550100077");
        console.putAll(List.of(inQueue(missed, "50", "abandoned")));
        console.name("A", "50", "Sales queue", "queue");
        browser.open(console.at("/#/callback").toString());
        browser.await("document.querySelector('[aria-label=\"Call back\"] tbody tr')");

        assertThat(browser.text("document.querySelector('[aria-label=\"Call back\"] tbody tr').innerText"))
                .containsPattern("\\+15550100077\\s+.*missed\\s+Sales\\s+1");
        browser.value("document.querySelector('[aria-label=\"Call back\"] tbody th button').click()");
        browser.await("location.hash === '#/calls?range=all&text=%2B15550100077'");

        assertThat(shownCalls()).containsExactly("A/missed");
    }

    @Test
    void shouldCopyAndExportWhoMustBeCalledBack() throws Exception {
        ObjectNode missed = (ObjectNode)
                new ObjectMapper().readTree(call("missed").toString().replace("Caller 1", "=Ann"));
        missed.put("result", "Missed").putNull("answerTime").putArray("legs");
        missed.putObject("from").put("phoneNumber", "+15550100077").put("name", "=Ann");
        inQueue(missed, "50", "abandoned");
        ObjectNode formula = missed.deepCopy().put("callId", "formula").put("startTime", "2026-03-12T11:00:00.000Z");
        formula.putObject("from").put("phoneNumber", "=1+1");
        console.putAll(List.of(missed, formula));
        console.name("A", "50", "Sales queue", "queue");
        browser.open(console.at("/#/callback").toString());
        browser.await("document.querySelector('[aria-label=\"Call back\"] tbody tr')");
        browser.value(
                "{Object.defineProperty(navigator, 'clipboard', {value: {writeText: async (text) => {window.copied = text}}});"
                        + " URL.createObjectURL = (blob) => {blob.text().then((text) => {window.exported = text}); return 'blob:none'};"
                        + " HTMLAnchorElement.prototype.click = () => {}}");

        browser.value("document.querySelector('[aria-label=\"Copy the numbers\"]').click()");
        browser.value(
                "[...document.querySelectorAll('h2 button')].find((each) => each.textContent === 'Export').click()");
        browser.await("window.copied && window.exported");

        assertThat(browser.text("window.copied")).isEqualTo("+15550100077\n'=1+1");
        assertThat(browser.text("window.exported").lines())
                .first()
                .isEqualTo(
                        "\"Number\",\"Name\",\"Last missed\",\"Result\",\"Called\",\"Missed calls\",\"Called again\","
                                + "\"Called back\",\"Answered then\"");
        assertThat(browser.text("window.exported").lines().skip(1))
                .startsWith(
                        "\"+15550100077\",\"'=Ann\",\"2026-03-12T12:00:00.000Z\",\"missed\",\"Sales\",\"1\",\"0\",\"0\","
                                + "\"no\"");
    }

    @Test
    void shouldSayWhichDaysAreMeant() throws Exception {
        ObjectNode far = call("far").put("accountId", "far").put("startTime", "2026-03-12T10:00:00.000Z");
        console.putAll(List.of(call("near"), far));
        browser.open(console.at("/#/calls").toString());
        browser.await("document.querySelectorAll('.canvas .row').length === 1");
        String all = browser.text("document.querySelector('.calls h2').textContent");
        browser.value("{const box = document.querySelector('[aria-label=Account]'); box.value = 'far';"
                + " box.dispatchEvent(new Event('change'))}");
        browser.await("document.querySelector('.calls h2').textContent.includes('Pacific/Auckland')");
        browser.value("localStorage.clear()");

        assertThat(all).contains("today each account’s own day");
    }

    @Test
    void shouldSayThatMoreNamesMatchThanAreSearched() throws Exception {
        for (int number = 1; number <= 101; number++) {
            console.name("A", "s" + number, "Sam " + number, "user");
        }
        console.putAll(List.of(call("one")));
        browser.open(console.at("/#/calls").toString());
        browser.await("document.querySelector('.canvas .row')");

        type("sam 10");
        browser.await("document.querySelector('.listing .empty')");
        boolean few = browser.value("document.querySelector('.cut') !== null").asBoolean();
        type("sam");
        browser.await("document.querySelector('.cut')?.textContent.includes('Type more of the name')");

        assertThat(few).isFalse();
    }

    @Test
    void shouldLoadAgainAfterARandomTimeWhenAllPagesMust() throws Exception {
        console.putAll(List.of(call("one")));
        browser.open(console.at("/#/calls").toString());
        browser.await("document.querySelector('.connection')?.textContent.startsWith('live')");
        browser.value("window.waits = []; const timer = window.setTimeout;"
                + " window.setTimeout = (work, wait, ...more) => { waits.push(wait); return timer(work, wait, ...more); };"
                + " Math.random = () => 0.4; window.loads = 0; const asked = window.fetch;"
                + " window.fetch = (path, how) => { loads += path.startsWith('/v1/live') ? 1 : 0; return asked(path, how); };"
                + " 0");

        console.reset();
        browser.await("loads === 1");

        assertThat(browser.value("waits.includes(1200)").asBoolean()).isTrue();
    }

    private static void type(String text) {
        browser.value("{const field = document.getElementById('search'); field.value = '" + text
                + "'; field.dispatchEvent(new Event('input'))}");
    }

    private static String chip(String id) {
        return "document.querySelector('[data-key=\"A/" + id + "\"] .chip').textContent";
    }

    private static String tile(String name) {
        browser.await(TILES);
        return browser.text("[...document.querySelectorAll('.tile')].find(each => each.textContent.includes('" + name
                + "')).textContent");
    }

    private String at(long secondsAgo) {
        return now.minus(Duration.ofSeconds(secondsAgo)).toString();
    }

    /** @param parties with times as seconds ago, such as "@70" */
    private ObjectNode live(String id, long secondsAgo, String parties) throws IOException {
        String list = TIMES.matcher(parties).replaceAll(found -> '"' + at(Long.parseLong(found.group(1))) + '"');
        ObjectNode live = (ObjectNode) new ObjectMapper()
                .readTree("{\"accountId\": \"A\", \"callId\": \"" + id + "\", \"status\": \"live\", \"parties\": ["
                        + list + "]}");
        live.path("parties").forEach(party -> ((ObjectNode) party).put("telephonySessionId", "s-" + id));
        live.put("state", "queued").put("since", at(1)).put("startTime", at(secondsAgo));
        live.put("direction", "Inbound").put("internal", false).putNull("answerTime");
        live.putObject("from").put("phoneNumber", "+15550100002");
        live.putObject("to").put("phoneNumber", "+15550100006");
        live.putNull("answeredBy").putArray("sessions").add("s-" + id);
        return live;
    }

    private static ObjectNode call(String id) throws IOException {
        ObjectNode call = (ObjectNode)
                new ObjectMapper().readTree(Path.of("docs/examples/call.json").toFile());
        call.put("accountId", "A").put("callId", id).put("startTime", "2026-03-12T12:00:00.000Z");
        return answered(call, call.path("timeToAnswerMs").asLong());
    }
}
