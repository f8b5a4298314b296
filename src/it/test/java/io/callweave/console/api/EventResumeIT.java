package io.callweave.console.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A client whose connection breaks at any byte while calls change. It follows them as the page does. */
@Tag("full")
class EventResumeIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int CALLS = 40;
    private static final int VISITS = 40;
    private static final int MOST_BYTES = 60_000;

    /** More than the console remembers. */
    private static final int FLOOD = 10_100;

    @TempDir
    private Path folder;

    private FilledConsole console;

    /** How often each call has changed. */
    private final Map<String, Integer> truth = new HashMap<>();

    @AfterEach
    void stop() {
        console.close();
    }

    @Test
    void shouldMissNothingAndHearNothingTwice() throws Exception {
        Random random = new Random(1);
        console = new FilledConsole(folder.resolve("first"), "");
        Client client = new Client();
        client.load();
        for (int visit = 0; visit < VISITS; visit++) {
            change(random, random.nextInt(100));
            if (visit == VISITS / 3) {
                change(random, FLOOD);
            } else if (visit == VISITS * 2 / 3) {
                restart();
            }
            client.visit(random.nextInt(MOST_BYTES));
        }
        for (int visit = 0; !client.known.equals(truth) && visit < VISITS; visit++) {
            client.visit(MOST_BYTES);
        }

        assertThat(client.known).isEqualTo(truth);
        assertThat(client.resets).as("after the flood, and after the restart").isGreaterThanOrEqualTo(2);
        assertThat(client.heard).isGreaterThan(VISITS);
    }

    private void change(Random random, int times) {
        for (int each = 0; each < times; each++) {
            String id = "s-" + random.nextInt(CALLS);
            int number = truth.merge(id, 1, Integer::sum);
            console.tell("live", console.putLive(call(id, number)));
        }
    }

    private static ObjectNode call(String id, int number) {
        ObjectNode call = JSON.createObjectNode()
                .put("accountId", "A")
                .put("callId", id)
                .put("state", "ringing")
                .put("startTime", "2026-03-02T09:00:00.000Z")
                .put("result", Integer.toString(number));
        call.putArray("sessions").add(id);
        return call;
    }

    /** With the calls of before, as from the topics. */
    private void restart() {
        console.close();
        console = new FilledConsole(folder.resolve("second"), "");
        truth.forEach((id, number) -> console.putLive(call(id, number)));
    }

    private final class Client {

        private final Map<String, Integer> known = new HashMap<>();

        /** Calls that were loaded: a change can be told that is in what was loaded. */
        private final Set<String> loaded = new HashSet<>();

        private String last = "";
        private int resets;
        private int heard;

        private void load() throws Exception {
            JsonNode live = console.get("/v1/live", null).json();
            known.clear();
            live.path("calls")
                    .forEach(each -> known.put(
                            each.path("callId").asText(), each.path("result").asInt()));
            loaded.addAll(known.keySet());
            last = live.path("event").asText();
        }

        /** Listens until it has read so many bytes or nothing comes; then the connection breaks. */
        private void visit(int most) throws Exception {
            URI address = console.at("/v1/events");
            StringBuilder text = new StringBuilder();
            try (Socket socket = new Socket(address.getHost(), address.getPort())) {
                socket.setSoTimeout(250);
                socket.getOutputStream()
                        .write(("GET /v1/events HTTP/1.0\r\nHost: " + address.getAuthority()
                                        + "\r\nAccept: text/event-stream\r\nLast-Event-ID: " + last + "\r\n\r\n")
                                .getBytes(StandardCharsets.US_ASCII));
                read(socket.getInputStream(), most, text);
            }
            // Without the head of the answer, and without an event that has not come whole.
            String[] frames = text.toString().split("\n\n", -1);
            for (int at = 0; at < frames.length - 1; at++) {
                if (frames[at].contains("event: reset")) {
                    resets++;
                    load();
                    return;
                }
                take(frames[at]);
            }
        }

        private static void read(InputStream in, int most, StringBuilder text) throws IOException {
            byte[] buffer = new byte[1 << 12];
            try {
                for (int left = most; left > 0; ) {
                    int length = in.read(buffer, 0, Math.min(left, buffer.length));
                    if (length < 0) {
                        return;
                    }
                    text.append(new String(buffer, 0, length, StandardCharsets.US_ASCII));
                    left -= length;
                }
            } catch (SocketTimeoutException quiet) {
                // All that there is has been read.
            }
        }

        private void take(String frame) throws IOException {
            int data = frame.indexOf("data: ");
            int id = frame.indexOf("id: ");
            if (data < 0 || id < 0) {
                return; // the head, or a comment
            }
            last = frame.substring(id + 4, frame.indexOf('\n', id));
            JsonNode call = JSON.readTree(frame.substring(data + 6));
            String key = call.path("callId").asText();
            int number = call.path("result").asInt();
            int before = known.getOrDefault(key, 0);
            if (number <= before && loaded.contains(key)) {
                return;
            }
            assertThat(number).as(key).isEqualTo(before + 1);
            known.put(key, number);
            loaded.remove(key);
            heard++;
        }
    }
}
