package io.callweave.cli.console;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page of the console in a real browser, against the whole product. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // for what would hang
@Tag("full")
class ConsolePageIT extends ConsolePageSupport {

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String ROWS = "[...document.querySelectorAll('.canvas .row')]";

    /** More than the page loads at once. */
    private static final int MANY = 230;

    @BeforeAll
    static void start() throws Exception {
        start(daytime(), "");
    }

    /** A zone in which today began hours ago, so that the calls of the test are all of today. */
    static String daytime() {
        return Stream.of("Europe/Berlin", "America/Los_Angeles", "Asia/Tokyo")
                .filter(zone -> ZonedDateTime.now(ZoneId.of(zone)).getHour() >= 9)
                .findFirst()
                .orElse("America/New_York");
    }

    @BeforeEach
    void look() {
        browser.size(1440, 900);
        browser.scheme("light");
        browser.problems().clear();
    }

    @AfterEach
    void nothingFailed() {
        // A call is opened before its first record is there: then the page waits for it.
        assertThat(browser.problems())
                .filteredOn(problem -> !problem.contains("/v1/calls/") || !problem.contains("404"))
                .isEmpty();
    }

    @Test
    void shouldTurnALiveCallIntoAFinishedOneInItsRow() {
        PhoneCall phoneCall = call().seeded(11)
                .startingAt(now.minusSeconds(50))
                .inbound("+14155550131")
                .answeredBy("101")
                .after(7, SECONDS)
                .hangUp()
                .after(35, SECONDS);
        List<Notification> all = phoneCall.notifications();
        int end = firstWith("Disconnected", all);
        String row = row(ConsoleAtWork.ACCOUNT, phoneCall);

        console.takeIn(all.subList(0, end));
        browser.open(console.address("#/now"));
        browser.await(row + "?.dataset.state === 'talking'");
        String shown = browser.text(row + ".querySelector('.chip').textContent");
        String place = browser.text(row + ".style.transform");
        browser.await(row + ".querySelector('.chip').textContent !== '" + shown + "'");
        browser.value("window.notLoadedAgain = true");
        console.takeIn(all.subList(end, all.size()));
        browser.await(row + "?.dataset.state === 'over'");

        assertThat(shown).matches("talking \\d+:\\d\\d");
        assertThat(browser.text(row + ".textContent")).contains("+14155550131", "Dana Reyes", "answered", "0:07");
        assertThat(browser.text(row + ".style.transform")).isEqualTo(place);
        assertThat(browser.value("window.notLoadedAgain").asBoolean()).isTrue();
    }

    @Test
    void shouldShowWhatALiveCallDidBefore() {
        PhoneCall phoneCall = call().seeded(16)
                .startingAt(now.minusSeconds(60))
                .inbound("+14155550136")
                .answeredBy("102")
                .after(9, SECONDS)
                .hangUp()
                .after(45, SECONDS);
        List<Notification> all = phoneCall.notifications();
        console.takeIn(all.subList(0, firstWith("Disconnected", all)));

        browser.open(console.callAddress(id(phoneCall)));
        browser.await("document.querySelector('.facts .chip.live')");
        browser.await(
                "document.querySelector('.lane.agent .span.ringing') && document.querySelector('.lane.agent .span.talking')");

        assertThat(browser.text("document.querySelector('.lane.agent').textContent"))
                .contains("Milo Brandt ringing 0:0", "Milo Brandt talking 0:");
        assertThat(browser.text("document.querySelector('.steps').innerText"))
                .containsPattern("(?s)rings at Milo Brandt.*Milo Brandt answers after 9 s")
                .doesNotContain("ends");
    }

    @Test
    void shouldShowBothSessionsOfATransferAndTheArrow() {
        PhoneCall phoneCall = call().seeded(12)
                .startingAt(now.minusSeconds(400))
                .inbound("+12125550132")
                .queue("Sales", "103", "101")
                .answeredBy("101")
                .after(12, SECONDS)
                .attendedTransferTo("102")
                .after(90, SECONDS)
                .hangUp()
                .after(60, SECONDS);
        console.takeIn(phoneCall.notifications());

        browser.open(console.callAddress(id(phoneCall)));
        browser.await("document.querySelector('.arrow')");

        assertThat(browser.text("document.querySelector('.sentence').textContent"))
                .contains("+12125550132", "Dana Reyes", "Milo Brandt");
        assertThat(browser.text("document.querySelector('.subtitle').textContent"))
                .contains("two sessions");
        assertThat(browser.text("document.querySelector('.timeline').textContent"))
                .contains("second session", "attended transfer", "Kim Larsen", "answered elsewhere");
        assertThat(browser.value("document.querySelectorAll('.steps li').length")
                        .asInt())
                .isGreaterThan(3);
    }

    @Test
    void shouldReviseTheOpenCallAfterALateEvent() {
        PhoneCall phoneCall = call().seeded(13)
                .startingAt(now.minusSeconds(300))
                .inbound("+16175550133")
                .answeredBy("104")
                .onHold(20, SECONDS)
                .hangUp();
        List<Notification> all = new ArrayList<>(phoneCall.notifications());
        Notification late = all.remove(firstWith("Hold", all));

        console.takeIn(all);
        browser.open(console.callAddress(id(phoneCall)));
        browser.await("document.querySelector('.subtitle')?.textContent.includes('revision 1')");
        browser.await("document.querySelector('.gap')");
        String before = browser.text("document.querySelector('.facts').textContent");
        console.takeIn(List.of(late));
        browser.await("document.querySelector('.subtitle').textContent.includes('revision 2')");
        browser.await("document.querySelector('.timeline svg .late') && !document.querySelector('.gap')");

        assertThat(before).doesNotContain("Hold");
        assertThat(browser.text("document.querySelector('.facts').textContent")).contains("Hold");
        assertThat(browser.text("document.querySelector('.subtitle').textContent"))
                .contains("revised just now");
        assertThat(browser.value("document.querySelectorAll('.span.hold').length")
                        .asInt())
                .isPositive();

        browser.value("document.querySelector('#tab-record').click()");
        browser.await("document.querySelector('.panel.record .hint')");
        assertThat(browser.text("document.querySelector('.panel.record .hint').textContent"))
                .startsWith("Changed since revision 1: ")
                .contains("holdMs");
        browser.value("document.querySelector('.panel.record .segments button').click()");
        browser.await("document.querySelector('.panel.record .json').textContent.includes('\"holdMs\": 0,')");
    }

    @Test
    void shouldShowNotificationsReasonAndRecordAndBeUsedByKeys() {
        PhoneCall phoneCall = call().seeded(14)
                .startingAt(now.minusSeconds(200))
                .inbound("+17025550134")
                .answeredBy("105")
                .hangUp();
        console.takeIn(phoneCall.notifications());
        browser.open(console.address("#/calls"));
        browser.await(row(ConsoleAtWork.ACCOUNT, phoneCall));

        browser.value("document.querySelector('.rows').focus()");
        browser.key("ArrowDown");
        browser.key("Enter");
        browser.await("location.hash.startsWith('#/call/')");
        browser.await("document.querySelector('.row.on')");
        browser.key("Escape");
        browser.await("location.hash === '#/calls' && document.activeElement.classList.contains('rows')");
        browser.open(console.callAddress(id(phoneCall)) + "/notifications");
        browser.await("document.querySelectorAll('.notifications tbody tr').length === "
                + phoneCall.notifications().size());
        browser.open(console.callAddress(id(phoneCall)) + "/why");
        browser.await("document.querySelector('.why')?.textContent.includes('" + id(phoneCall) + "')");
        browser.open(console.callAddress(id(phoneCall)) + "/record");
        browser.await("document.querySelector('.json')?.textContent.includes('\"callId\": \"" + id(phoneCall) + "\"')");
    }

    @Test
    void shouldPageFilterAndExport() throws Exception {
        List<Notification> all = new ArrayList<>();
        for (int number = 0; number < MANY; number++) {
            all.addAll(call().seeded(1000 + number)
                    .startingAt(now.minusSeconds(900 + 20L * number))
                    .inbound("+1303555" + (1000 + number))
                    .answeredBy("106")
                    .after(4, SECONDS)
                    .hangUp()
                    .after(9, SECONDS)
                    .notifications());
        }
        console.takeIn(all);
        // Those that end while the page is open stay on top of it.
        await().atMost(PATIENCE).until(() -> console.callsWith("1303555") == MANY);
        Path downloads = Files.createDirectory(folder.resolve("downloads"));
        browser.downloadTo(downloads);

        browser.open(console.address("#/calls"));
        browser.await("document.querySelector('.statistics')?.textContent.match(/^[\\d,]+/)?.[0] >= " + MANY);
        assertThat(browser.value(ROWS + ".length").asInt()).isLessThan(60);
        browser.await("(document.querySelector('.rows').scrollTop = 1e7) && " + ROWS
                + ".some(row => row.textContent.includes('+1303555" + (999 + MANY) + "'))");
        type("3035551007");
        browser.await(ROWS + ".length === 1 && " + ROWS + "[0].textContent.includes('+13035551007')");
        browser.await("document.querySelector('.statistics').textContent.startsWith('1 finished ')");
        browser.value("{const box = document.querySelector('[aria-label^=Export]'); box.value = 'csv';"
                + " box.dispatchEvent(new Event('change'))}");
        await().atMost(PATIENCE).until(() -> csv(downloads).size() == 2);
        assertThat(csv(downloads).get(1)).contains("+13035551007", "Agent 106");
        choose("range", "yesterday");
        browser.await("document.querySelector('.listing .empty')?.textContent.includes('1 call in all that is kept')");
        browser.value("document.querySelector('.listing .empty .primary').click()");
        browser.await(ROWS + ".length === 1 && document.querySelector('[name=range]').value === 'all'");
        type("nobody of this name");
        browser.await("document.querySelector('.listing .empty')?.textContent.includes('No call matches the filter')");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void shouldBeUsableWithAssistiveTechnology(String scheme) throws Exception {
        PhoneCall phoneCall = call().seeded(15)
                .startingAt(now.minusSeconds(120))
                .inbound("+18135550135")
                .answeredBy("103")
                .transferredTo("104")
                .hangUp();
        console.takeIn(phoneCall.notifications());
        browser.scheme(scheme);

        for (String fragment : List.of(
                "#/now",
                "#/calls",
                "#/queues",
                "#/callback",
                "#/wall",
                "#/engine",
                fragment(ConsoleAtWork.ACCOUNT, phoneCall),
                fragment(ConsoleAtWork.ACCOUNT, phoneCall) + "/notifications",
                fragment(ConsoleAtWork.ACCOUNT, phoneCall) + "/why",
                fragment(ConsoleAtWork.ACCOUNT, phoneCall) + "/record")) {
            assertThat(faults(fragment, scheme)).as(fragment).isEmpty();
        }
        if (scheme.equals("dark")) {
            return; // only colours differ
        }
        browser.size(390, 844);
        for (String fragment : List.of("#/now", fragment(ConsoleAtWork.ACCOUNT, phoneCall) + "/notifications")) {
            assertThat(faults(fragment, scheme)).as(fragment).isEmpty();
        }
    }

    private static List<String> faults(String fragment, String scheme) throws IOException {
        browser.open(console.address(fragment));
        browser.await("document.querySelector('main.page')");
        browser.await(
                fragment.contains("/call/")
                        ? "document.querySelector('.tabs')"
                        : "!document.body.textContent.includes('Loading')");
        return AccessibilityFaults.of(browser, scheme);
    }

    private static void choose(String filter, String value) {
        browser.value("{const box = document.querySelector('[name=" + filter + "]'); box.value = '" + value
                + "'; box.dispatchEvent(new Event('change'))}");
    }

    private static void type(String text) {
        browser.value("{const box = document.getElementById('search'); box.value = '" + text
                + "'; box.dispatchEvent(new Event('input'))}");
    }

    private static List<String> csv(Path downloads) throws IOException {
        try (Stream<Path> files = Files.list(downloads)) {
            Path file = files.filter(each -> each.toString().endsWith(".csv"))
                    .findFirst()
                    .orElse(null);
            return file == null ? List.of() : Files.readAllLines(file);
        }
    }

    private static int firstWith(String status, List<Notification> notifications) {
        for (int index = 0; index < notifications.size(); index++) {
            if (notifications.get(index).party().at("/status/code").asText().equals(status)) {
                return index;
            }
        }
        throw new IllegalArgumentException("No party is " + status);
    }
}
