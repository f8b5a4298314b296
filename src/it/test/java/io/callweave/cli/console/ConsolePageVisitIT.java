package io.callweave.cli.console;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.time.temporal.ChronoUnit.MINUTES;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Visitors of the page in a real browser: with a token, without a mouse, on a phone, and while the console restarts. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // for what would hang
@Tag("full")
class ConsolePageVisitIT extends ConsolePageSupport {

    private static final SimulatedAccount OURS = ConsoleAtWork.ACCOUNT;
    private static final SimulatedAccount THEIRS = SimulatedAccount.SECOND;
    private static final String OUR_TOKEN = "o".repeat(32);
    private static final String THEIR_TOKEN = "t".repeat(32);
    private static final String OPERATOR = "p".repeat(32);

    @BeforeAll
    static void start() throws Exception {
        start("UTC", OUR_TOKEN + "=" + OURS.id() + "," + THEIR_TOKEN + "=" + THEIRS.id() + "," + OPERATOR + "=*");
    }

    @BeforeEach
    void look() {
        browser.size(1440, 900);
    }

    @Test
    void shouldShowNothingOfAnotherAccount() {
        PhoneCall ourLive = talking(OURS, 21, "+14155550141");
        PhoneCall ourOver = over(OURS, 22, "+14155550142");
        PhoneCall theirLive = talking(THEIRS, 23, "+14155550143");
        PhoneCall theirOver = over(THEIRS, 24, "+14155550144");
        for (PhoneCall each : List.of(ourLive, theirLive)) {
            console.takeIn(soFar(each));
        }
        console.takeIn(ourOver.notifications());
        console.takeIn(theirOver.notifications());

        visit(THEIR_TOKEN, "#/calls");
        browser.value("document.querySelector('[name=range]').value = 'all'; document.querySelector('[name=range]')"
                + ".dispatchEvent(new Event('change'))");
        browser.await(row(THEIRS, theirLive) + " && " + row(THEIRS, theirOver));
        List<String> seen = everywhere(ourOver);

        assertThat(seen).noneMatch(text -> text.contains("+14155550141") || text.contains("+14155550142"));
        assertThat(seen).noneMatch(text -> text.contains(OURS.id()));
        assertThat(seen.get(seen.size() - 1)).contains("This call is not here");
        visit(OUR_TOKEN, fragment(OURS, ourOver));
        browser.await("document.querySelector('.sentence')?.textContent.includes('+14155550142')");
    }

    /** What the page says on each of its pages, and of a call that is not for everybody. */
    private static List<String> everywhere(PhoneCall call) {
        return List.of("#/now", "#/calls", "#/queues", "#/engine", fragment(OURS, call)).stream()
                .map(fragment -> {
                    go(fragment);
                    return browser.text("document.documentElement.outerHTML.replaceAll(location.hash, '')");
                })
                .toList();
    }

    @Test
    void shouldSayThatTheConsoleIsGoneAndThenShowWhatIsTrueNow() {
        PhoneCall phoneCall = talking(OURS, 31, "+14155550145");
        List<Notification> sent = soFar(phoneCall);
        List<Notification> all = phoneCall.notifications();
        console.takeIn(sent);
        visit(OPERATOR, "#/now");
        browser.await(row(OURS, phoneCall) + "?.dataset.state === 'talking'");
        browser.value("window.notLoadedAgain = true");

        console.stopConsole();
        browser.await("document.querySelector('.notice.lost.shown')?.textContent.includes('connection')");
        console.takeIn(all.subList(sent.size(), all.size()));
        console.startConsole();
        browser.await(row(OURS, phoneCall) + "?.dataset.state === 'over'");
        browser.await("!document.querySelector('.notice.lost.shown')");

        assertThat(browser.value("window.notLoadedAgain").asBoolean()).isTrue();
        assertThat(browser.text(row(OURS, phoneCall) + ".textContent")).contains("+14155550145", "answered");
        assertThat(browser.text("document.querySelector('.connection').textContent"))
                .startsWith("live");
    }

    @Test
    void shouldBeUsableWithKeysAlone() {
        console.takeIn(over(OURS, 41, "+14155550146").notifications());
        visit(OPERATOR, "#/calls");
        browser.await("document.querySelector('.canvas .row')");

        tabTo("document.activeElement.textContent === 'Skip to the calls'");
        browser.key("Enter");
        browser.await("document.activeElement.classList.contains('rows')");
        browser.key("ArrowDown");
        browser.key("Enter");
        browser.await("document.querySelector('[role=tab]')");
        tabTo("document.activeElement.role === 'tab'");
        browser.key("ArrowRight");
        browser.await("document.activeElement.id === 'tab-notifications' && document.querySelector('.notifications')");
        browser.key("ArrowRight");
        browser.await("location.hash.endsWith('/why') && document.querySelector('.reason')");
        browser.key("Escape");
        browser.await("location.hash === '#/calls' && document.activeElement.classList.contains('rows')");

        assertThat(browser.value("document.querySelectorAll('.drawer').length").asInt())
                .isZero();
        browser.key("/");
        browser.await("document.activeElement.id === 'search'");
        browser.key("ArrowDown");
        browser.await("document.activeElement.classList.contains('rows') && document.querySelector('.row.active')");
        browser.key("Enter");
        browser.await("document.querySelector('.drawer')");
        browser.key("Escape");
        browser.await("!document.querySelector('.drawer') && document.activeElement.classList.contains('rows')");
        browser.key("?");
        browser.await("document.querySelector('dialog[open]')?.textContent.includes('into the list')");
        browser.key("Escape");
        browser.await("!document.querySelector('dialog[open]') && document.activeElement.classList.contains('rows')");
        browser.key("Escape");
        browser.await("document.activeElement.id === 'search'");
    }

    private static void tabTo(String goal) {
        for (int pressed = 0;
                pressed < 60 && !browser.value("Boolean(" + goal + ")").asBoolean();
                pressed++) {
            browser.key("Tab");
        }
        assertThat(browser.value("Boolean(" + goal + ")").asBoolean()).as(goal).isTrue();
    }

    @Test
    void shouldSayWhoWaitedLongest() {
        PhoneCall patient = call().in(OURS)
                .seeded(61)
                .startingAt(now.minusSeconds(300))
                .inbound("+14155550148")
                .queue("Sales", "101", "102")
                .answeredBy("101")
                .after(131, SECONDS)
                .hangUp();
        console.takeIn(patient.notifications());
        console.takeIn(over(OURS, 62, "+14155550149").notifications());
        visit(OPERATOR, "#/calls");
        browser.value("document.querySelector('[name=range]').value = 'all'; document.querySelector('[name=range]')"
                + ".dispatchEvent(new Event('change'))");
        browser.await("document.querySelector('.head .c-wait button')");

        browser.value("document.querySelector('.head .c-wait button').click()");
        browser.await("document.querySelector('.canvas .row')?.textContent.includes('+14155550148')");
        browser.value("document.querySelector('.statistics a').click()");
        browser.await("document.querySelector('.sentence')?.textContent.includes('+14155550148')");

        assertThat(browser.text("document.querySelector('.statistics a').textContent"))
                .isEqualTo("longest " + browser.text("document.querySelector('.canvas .c-wait').textContent"));
    }

    @Test
    void shouldFitAPhone() {
        PhoneCall phoneCall = over(OURS, 51, "+14155550147");
        console.takeIn(phoneCall.notifications());
        visit(OPERATOR, "#/calls");
        browser.await(row(OURS, phoneCall));

        for (int width : List.of(360, 390)) {
            browser.size(width, 800);
            for (String fragment : List.of(
                    "#/now",
                    "#/calls",
                    "#/queues",
                    "#/callback",
                    "#/wall",
                    "#/engine",
                    fragment(OURS, phoneCall),
                    fragment(OURS, phoneCall) + "/notifications",
                    fragment(OURS, phoneCall) + "/why",
                    fragment(OURS, phoneCall) + "/record")) {
                go(fragment);

                assertThat(browser.value(
                                        "Math.max(...[document.scrollingElement,"
                                                + " ...document.querySelectorAll('main.page, .drawer')].map(box => box.scrollWidth))")
                                .asInt())
                        .as(fragment)
                        .isLessThanOrEqualTo(width);
            }
        }
    }

    /** Goes within the page, until it has drawn what it loads. */
    private static void go(String fragment) {
        browser.value("new Promise(drawn => { location.hash = '" + fragment
                + "'; setTimeout(() => requestAnimationFrame(() => requestAnimationFrame(() => drawn(1))), 50); })");
        browser.await("!document.body.textContent.match(/Loading|Reading the|Asking/)");
    }

    /** Opens the page as somebody who types this token. */
    private static void visit(String token, String fragment) {
        browser.open(console.address(fragment));
        browser.value("sessionStorage.clear()");
        browser.open(console.address(fragment));
        browser.await("document.querySelector('[name=token]')");
        browser.value("document.querySelector('[name=token]').value = '" + token
                + "'; document.querySelector('form').requestSubmit()");
        browser.await("document.querySelector('main.page')");
    }

    private PhoneCall talking(SimulatedAccount account, long seed, String from) {
        return call().in(account)
                .seeded(seed)
                .startingAt(now.minusSeconds(50))
                .inbound(from)
                .answeredBy("101")
                .after(7, SECONDS)
                .hangUp()
                .after(9, MINUTES);
    }

    private PhoneCall over(SimulatedAccount account, long seed, String from) {
        return call().in(account)
                .seeded(seed)
                .startingAt(now.minusSeconds(90))
                .inbound(from)
                .answeredBy("102")
                .hangUp();
    }

    private List<Notification> soFar(PhoneCall phoneCall) {
        return phoneCall.notifications().stream()
                .filter(notification -> !notification.eventTime().isAfter(now))
                .toList();
    }
}
