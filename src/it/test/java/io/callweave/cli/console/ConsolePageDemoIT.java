package io.callweave.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.cli.CommandProcess;
import io.callweave.cli.common.ExitStatus;
import io.callweave.demo.SampleCalls;
import io.callweave.local.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a newcomer sees who starts the demonstration and opens its console. */
@Timeout(value = 10, unit = TimeUnit.MINUTES) // for what would hang
@Tag("programs")
class ConsolePageDemoIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern ADDRESS = Pattern.compile("console +(http://\\S+?)/ ");

    @TempDir
    private Path folder;

    @Test
    void shouldShowLiveCallsAndOnTopOfTheListTheRealOnesWithTheirTimelines() throws Exception {
        Path err = folder.resolve("err");
        try (Browser browser = Browser.start(Files.createDirectory(folder.resolve("browser")))) {
            Process demo = CommandProcess.start(folder.resolve("out"), err, "demo", "--seed=7", "--speed=20");
            try {
                await().atMost(PATIENCE).until(() -> address(err).find() || !demo.isAlive());
                assertThat(demo.isAlive()).as(Files.readString(err)).isTrue();
                Matcher address = address(err);
                assertThat(address.find()).isTrue();
                browser.size(1440, 900);

                showsLiveCallsBelowTheRealOnes(browser, address.group(1));
                for (String call : SampleCalls.WORDS.keySet()) {
                    showsARealCall(browser, address.group(1), call);
                }
                showsATransfer(browser, address.group(1));

                assertThat(browser.problems()).isEmpty();
                Signals.send("INT", demo);
                assertThat(demo.waitFor(2, TimeUnit.MINUTES)).isTrue();
                assertThat(demo.exitValue()).isEqualTo(ExitStatus.DONE);
            } finally {
                demo.destroyForcibly();
            }
        }
    }

    private static void showsLiveCallsBelowTheRealOnes(Browser browser, String address) {
        browser.open(address + "/");
        browser.await("document.querySelectorAll('.canvas .row.is-live').length >= 2");

        assertThat(browser.value("document.querySelector('.examples').getBoundingClientRect().bottom"
                                + " <= document.querySelector('.canvas').getBoundingClientRect().top")
                        .asBoolean())
                .isTrue();
        assertThat(browser.text("[...document.querySelectorAll('.examples a')]"
                                + ".map(link => link.getAttribute('href').split('/').at(-1)).sort().join(' ')")
                        .split(" ", -1))
                .containsExactlyElementsOf(SampleCalls.WORDS.keySet());
    }

    /** Each has one session with two people, and one of them a menu before. */
    private static void showsARealCall(Browser browser, String address, String call) {
        open(browser, address, SampleCalls.ACCOUNT, call);

        // The directory, and the rest of the call, may come after the page was opened.
        browser.await("document.querySelectorAll('.lane').length >= 2");
        browser.await("document.querySelectorAll('.lane.menu').length === "
                + (SampleCalls.WORDS.get(call).contains("menu") ? 1 : 0));
        browser.await("document.querySelectorAll('.span.talking').length > 0");
        browser.await("document.querySelectorAll('.span.hold').length > 0");
        assertThat(browser.text("document.querySelector('.subtitle').textContent"))
                .contains("2020");
    }

    /** A simulated one, of two sessions. */
    private static void showsATransfer(Browser browser, String address) {
        browser.value("window.found = null; (async () => { while (!window.found) {"
                + " const rows = (await (await fetch('/v1/calls/search', {method: 'POST', body: '{\"transferred\":true}'})).json()).calls;"
                + " for (const row of rows) { const {call} = await (await fetch(`/v1/calls/${row.accountId}/${row.callId}`)).json();"
                + " if (call.sessions.length > 1) window.found = row; }"
                + " await new Promise(done => setTimeout(done, 500)); } })(); 0");
        browser.await("window.found");
        open(browser, address, browser.text("window.found.accountId"), browser.text("window.found.callId"));

        assertThat(browser.value("document.querySelectorAll('.arrow').length").asInt())
                .isPositive();
        assertThat(browser.value("document.querySelectorAll('.timeline .break').length")
                        .asInt())
                .isPositive();
    }

    private static void open(Browser browser, String address, String account, String call) {
        browser.open(address + "/#/call/" + account + "/" + call);
        browser.await("document.querySelector('.sentence') && document.querySelector('.timeline svg .lane')");
    }

    private static Matcher address(Path err) throws IOException {
        return ADDRESS.matcher(Files.readString(err));
    }
}
