package io.callweave.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.console.api.FilledConsole;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures how fluid the page is with 2,000 live calls and 100,000 finished ones, in a real browser against the console's own
 * store and server: from a change of the filter to its painting, and the longest frame while the list scrolls. Then the same
 * under 1,000 changes a second, with the browser's heap. Run by hand: {@code PageTimes [SECONDS]}, how long changes come.
 */
final class PageTimes implements AutoCloseable {

    private static final int LIVE = 2_000;
    private static final int FINISHED = 100_000;
    private static final int PER_SECOND = 1_000;
    private static final int OF = 20;
    private static final int PARTS = 4;
    private static final PrintStream OUT = System.out;

    private final Browser browser;
    private final PageWithCalls page;
    private final FilledConsole console;
    private volatile boolean ended;

    private PageTimes(Path folder) throws IOException {
        browser = Browser.start(Files.createDirectory(folder.resolve("browser")));
        page = PageWithCalls.fill(folder.resolve("store"), LIVE, FINISHED);
        console = page.console();
    }

    public static void main(String[] args) throws Exception {
        int seconds = args.length == 0 ? 60 : Integer.parseInt(args[0]);
        try (PageTimes times = new PageTimes(Files.createTempDirectory("page-times"))) {
            times.look();
            times.measure("at first");
            times.measure("quiet");
            times.changes(seconds);
        }
        System.exit(0); // a server's threads
    }

    private void look() {
        long start = System.nanoTime();
        page.open(browser);
        OUT.printf(
                "opened and all counted within %d ms%n",
                Duration.ofNanos(System.nanoTime() - start).toMillis());
    }

    private void measure(String when) {
        OUT.printf("%s, from the change of a filter to its painting, in ms:%n", when);
        print(
                "  direction",
                "until(() => choose('direction', 'Outbound'), () =>"
                        + " rows().length > 10 && rows().every(row => row.textContent.includes('outbound')))");
        print(
                "  any again",
                "until(() => choose('direction', ''), () => rows().some(row => row.textContent.includes('inbound')))");
        print(
                "  a number (typed)",
                "until(() => type('+1303505'), () => rows().length > 5"
                        + " && rows().every(row => row.textContent.includes('+1303505')))");
        print("  one call (typed)", "until(() => type('3035050123'), () => rows().length === 1)");
        print("  cleared (typed)", "until(() => type(''), () => rows().length > 10)");
        print(
                "  finished only",
                "until(() => choose('result', 'over'), () => rows().length > 10"
                        + " && !document.querySelector('.is-live'))");
        print("  all again", "until(() => choose('result', ''), () => document.querySelector('.is-live'))");
        print(
                "  a page of the API alone",
                "(async () => { const start = performance.now(); await (await fetch("
                        + "'/v1/calls/search', {method: 'POST', body: '{\"limit\": 100}',"
                        + " headers: {'Content-Type': 'application/json'}})).json(); return performance.now() - start; })()");
        OUT.printf("%s, frames:%n", when);
        print("  scrolling the live calls", "frames(120, () => document.querySelector('.rows').scrollTop += 400)");
        print("  scrolling finished calls", "frames(240, () => document.querySelector('.rows').scrollTop += 400)");
        print(
                "  jumping in the list",
                "frames(60, () => document.querySelector('.rows').scrollTop = Math.random() * 90000)");
        print(
                "  one drawing of the list",
                "import('/assets/list.js').then(({drawList}) => { const start = performance.now();"
                        + " for (let i = 0; i < 50; i++) { document.querySelector('.rows').scrollTop += 400; drawList(); }"
                        + " return `${((performance.now() - start) / 50).toFixed(1)} ms, with layout`; })");
        browser.value("document.querySelector('.rows').scrollTop = 0");
        print("  at rest", "frames(180, () => 0)");
    }

    private void print(String what, String expression) {
        JsonNode value = browser.value(expression);
        OUT.printf("%-28s %s%n", what, value.isNumber() ? Math.round(value.asDouble()) : value.asText());
    }

    /** Each twentieth call that is touched ends, with its record, and another one begins; the others change. */
    private void changes(int seconds) throws InterruptedException {
        Thread teller = new Thread(this::tell, "changes");
        teller.start();
        for (int part = 0; part < PARTS; part++) {
            OUT.printf(
                    "heap %.1f MB, %s rows of %s%n",
                    browser.heap() / 1e6,
                    browser.text("rows().length"),
                    browser.text("document.querySelector('.canvas').style.height"));
            LockSupport.parkNanos(Duration.ofSeconds(seconds).dividedBy(PARTS).toNanos());
        }
        OUT.printf("heap %.1f MB%n", browser.heap() / 1e6);
        measure(PER_SECOND + " changes a second");
        OUT.printf("connection: %s%n", browser.text("document.querySelector('.connection').textContent"));
        ended = true;
        teller.join();
    }

    private void tell() {
        List<ObjectNode> live = page.live();
        long start = System.nanoTime();
        for (long told = 0; !ended; told++) {
            LockSupport.parkNanos(start + told * TimeUnit.SECONDS.toNanos(1) / PER_SECOND - System.nanoTime());
            int at = (int) (told % live.size());
            ObjectNode call = live.get(at);
            switch ((int) (told % OF)) {
                case 0 -> {
                    console.removeLive(call);
                    console.tell("over", call);
                    ObjectNode over =
                            page.finished(Instant.parse(call.path("startTime").asText()));
                    over.set("callId", call.path("callId"));
                    console.putAll(List.of(over)).forEach(row -> console.tell("call", row));
                    live.set(at, page.liveCall(Instant.now()));
                    console.tell("live", console.putLive(live.get(at)));
                }
                case 1, 2 -> {}
                default ->
                    console.tell(
                            "live",
                            console.putLive(call.put("state", PageWithCalls.STATES.get((int)
                                            (told / OF % PageWithCalls.STATES.size())))
                                    .put("since", Instant.now().toString())));
            }
        }
    }

    @Override
    public void close() {
        browser.close();
        page.close();
    }
}
