package io.callweave.cli.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.console.api.FilledConsole;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A console with any number of calls, without Kafka, and its page in a browser. */
final class PageWithCalls implements AutoCloseable {

    private static final List<String> STATES = List.of("talking", "talking", "talking", "onHold", "ringing", "queued");

    private static final int BATCH = 1_000;
    private static final long APART_MS = 700;
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Calls back when what was asked for is on the screen. */
    private static final String TOOLS = """
            window.until = (change, done) => new Promise(painted => {
              const start = performance.now();
              change();
              const look = () => done() ? setTimeout(() => painted(performance.now() - start)) : requestAnimationFrame(look);
              requestAnimationFrame(look);
            });
            window.rows = () => [...document.querySelectorAll('.canvas .row')];
            window.choose = (name, value) => {
              const box = document.querySelector(`[name=${name}]`);
              box.value = value;
              box.dispatchEvent(new Event('change'));
            };
            window.type = text => {
              const box = document.getElementById('search');
              box.value = text;
              box.dispatchEvent(new Event('input'));
            };
            window.frames = (number, each) => new Promise(done => {
              const all = [];
              let last = null;
              const next = time => {
                if (last !== null) all.push(time - last);
                last = time;
                if (all.length === number) return done(Math.max(...all));
                each();
                requestAnimationFrame(next);
              };
              requestAnimationFrame(next);
            });
            0""";

    private final FilledConsole console;
    private final ObjectNode record;
    private int number;
    private int finished;

    private PageWithCalls(FilledConsole console) throws IOException {
        this.console = console;
        record = (ObjectNode) JSON.readTree(Path.of("docs/examples/call.json").toFile());
    }

    /** @param folder for its store */
    static PageWithCalls fill(Path folder, int live, int finished) throws IOException {
        PageWithCalls page = new PageWithCalls(new FilledConsole(folder, ""));
        Instant now = Instant.now();
        for (int done = 0; done < finished; done += BATCH) {
            List<ObjectNode> batch = new ArrayList<>();
            for (int each = 0; each < Math.min(BATCH, finished - done); each++) {
                batch.add(page.finished(now.minusMillis(APART_MS * (done + each))));
            }
            page.console.putAll(batch);
        }
        for (int each = 0; each < live; each++) {
            page.console.putLive(page.liveCall(now.minusMillis(100L * each)));
        }
        page.finished = finished;
        return page;
    }

    /** Opens the list of all that is kept, and gives the page the functions until, rows, choose, type and frames. */
    void open(Browser browser) {
        browser.size(1440, 900);
        browser.open(console.at("/#/calls").toString());
        browser.await("document.querySelectorAll('.canvas .row').length > 10");
        browser.value(TOOLS);
        browser.value("choose('range', 'all')");
        browser.await("document.querySelector('.statistics').textContent.startsWith('"
                + String.format(Locale.ROOT, "%,d", finished) + "')");
    }

    /** The next call that is over. */
    private ObjectNode finished(Instant start) {
        number++;
        ObjectNode call = record.deepCopy()
                .put("callId", "s-" + number)
                .put("startTime", start.toString())
                .put(
                        "endTime",
                        start.plusMillis(record.path("durationMs").asLong()).toString())
                .put("direction", number % 3 == 0 ? "Outbound" : "Inbound")
                .put("talkMs", 1000L * (number % 900));
        ((ObjectNode) call.path("from")).put("phoneNumber", phone()).putNull("name");
        ((ObjectNode) call.path("numbers").path(0)).put("phoneNumber", phone()).putNull("name");
        return call;
    }

    private String phone() {
        return "+1303" + (5_000_000 + number);
    }

    /** The next call that goes on. */
    private ObjectNode liveCall(Instant start) {
        number++;
        ObjectNode call = JSON.createObjectNode()
                .put("accountId", record.path("accountId").asText())
                .put("callId", "s-" + number)
                .put("direction", "Inbound")
                .put("internal", false)
                .put("state", STATES.get(number % STATES.size()))
                .put("startTime", start.toString())
                .put("answerTime", start.plusSeconds(9).toString())
                .put("since", start.plusSeconds(9).toString());
        call.putObject("from").put("phoneNumber", phone());
        call.putObject("to").put("phoneNumber", "+13035550100").put("name", "Sales");
        call.putArray("sessions").add("s-" + number);
        call.putArray("parties")
                .addObject()
                .put("telephonySessionId", "s-" + number)
                .put("partyId", "p-" + number)
                .put("role", "participant")
                .put("direction", "Inbound")
                .put("extensionId", Integer.toString(number % 200))
                .put("status", "Answered")
                .put("since", start.plusSeconds(9).toString());
        return call;
    }

    @Override
    public void close() {
        console.close();
    }
}
