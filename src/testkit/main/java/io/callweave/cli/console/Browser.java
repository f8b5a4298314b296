package io.callweave.cli.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.SkippedTests;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** A tab of a real Chromium, driven over its DevTools protocol. */
final class Browser implements AutoCloseable {

    private static final boolean REQUIRED = Boolean.getBoolean("callweave.ci");
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Without its number a key moves no focus. */
    private static final Map<String, Integer> KEYS = Map.of(
            "Tab",
            9,
            "Enter",
            13,
            "Escape",
            27,
            "ArrowLeft",
            37,
            "ArrowRight",
            39,
            "ArrowDown",
            40,
            "/",
            191,
            "?",
            191);

    private final Process process;
    private final WebSocket socket;
    private final AtomicInteger ids = new AtomicInteger();
    private final Map<Integer, CompletableFuture<JsonNode>> pending = new ConcurrentHashMap<>();
    private final List<String> problems = new CopyOnWriteArrayList<>();
    private double mouseX;
    private double mouseY;

    private Browser(Process process, String address) {
        this.process = process;
        this.socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address), new Messages())
                .join();
        for (String domain : List.of("Page", "Runtime", "Log")) {
            send(domain + ".enable", Map.of());
        }
        send("Performance.enable", Map.of("timeDomain", "threadTicks"));
    }

    /** Starts one with its profile in this folder, or skips the test if there is none. */
    static Browser start(Path folder) throws IOException {
        Path profile = folder.resolve("profile");
        Process process = new ProcessBuilder(
                        program().toString(),
                        "--headless",
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + profile,
                        "about:blank")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("browser.txt").toFile())
                .start();
        try {
            Path port = profile.resolve("DevToolsActivePort");
            Awaitility.await()
                    .atMost(PATIENCE)
                    .until(() -> Files.exists(port) && Files.readAllLines(port).size() >= 2);
            return new Browser(process, tab(Files.readAllLines(port).get(0)));
        } catch (RuntimeException | IOException e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String tab(String port) throws IOException {
        try {
            String list = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list"))
                                    .build(),
                            BodyHandlers.ofString())
                    .body();
            for (JsonNode target : JSON.readTree(list)) {
                if (target.path("type").asText().equals("page")) {
                    return target.path("webSocketDebuggerUrl").asText();
                }
            }
            throw new IllegalStateException("The browser has no tab: " + list);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static Path program() {
        return Stream.of("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst()
                .orElseGet(Browser::missing);
    }

    private static Path missing() {
        String what = "there is no chromium.";
        if (REQUIRED) {
            throw new IllegalStateException("A browser is required here, but " + what);
        }
        SkippedTests.tell("Test of the console in a browser skipped: " + what);
        return Assumptions.abort(what);
    }

    void open(String address) {
        // From another page, so that a new fragment alone also loads everything.
        send("Page.navigate", Map.of("url", "about:blank"));
        await("location.href === 'about:blank'");
        send("Page.navigate", Map.of("url", address));
        await("document.readyState === 'complete' && location.href !== 'about:blank'");
    }

    void size(int width, int height) {
        send(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 500));
    }

    void zone(String name) {
        send("Emulation.setTimezoneOverride", Map.of("timezoneId", name));
    }

    /** Dark or light, as the preference of the user. */
    void scheme(String scheme) {
        send(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void downloadTo(Path folder) {
        send("Page.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    /** Presses and releases a key of {@link #KEYS}, as somebody does who has no mouse. */
    void key(String key) {
        for (String type : List.of("keyDown", "keyUp")) {
            Map<String, Object> event = new HashMap<>(
                    Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", KEYS.get(key)));
            if (key.length() == 1) {
                event.put("text", key);
            } else if (key.equals("Enter")) {
                event.put("text", "\r"); // presses buttons
            }
            send("Input.dispatchKeyEvent", event);
        }
    }

    /** Moves the mouse into the middle of an element. */
    void point(String element) {
        mouse(element, "mouseMoved", 0);
    }

    /** Clicks where the mouse is: in the middle of what was an element when {@link #point} was called. */
    void click() {
        for (String type : List.of("mousePressed", "mouseReleased")) {
            mouse(null, type, 1);
        }
    }

    private void mouse(@Nullable String element, String type, int clicks) {
        if (element != null) {
            JsonNode box = value("(box => ({x: box.x + box.width / 2, y: box.y + box.height / 2}))(" + element
                    + ".getBoundingClientRect())");
            mouseX = box.path("x").asDouble();
            mouseY = box.path("y").asDouble();
        }
        send(
                "Input.dispatchMouseEvent",
                Map.of(
                        "type",
                        type,
                        "x",
                        mouseX,
                        "y",
                        mouseY,
                        "button",
                        clicks == 0 ? "none" : "left",
                        "clickCount",
                        clicks));
    }

    /** The value of an expression; a promise is awaited. */
    JsonNode value(String expression) {
        JsonNode answer =
                send("Runtime.evaluate", Map.of("expression", expression, "awaitPromise", true, "returnByValue", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(
                    expression + ": " + answer.path("exceptionDetails").toString());
        }
        return answer.path("result").path("value");
    }

    String text(String expression) {
        return value(expression).asText();
    }

    /** Until the expression is true. */
    void await(String expression) {
        Awaitility.await(expression)
                .atMost(PATIENCE)
                .until(() -> value("Boolean(" + expression + ")").asBoolean());
    }

    byte[] picture() {
        return Base64.getDecoder()
                .decode(send("Page.captureScreenshot", Map.of("format", "png"))
                        .path("data")
                        .asText());
    }

    /** Milliseconds of CPU time that the page's main thread has worked: scripts, styles, layout, painting. */
    double work() {
        for (JsonNode metric : send("Performance.getMetrics", Map.of()).path("metrics")) {
            if (metric.path("name").asText().equals("TaskDuration")) {
                return metric.path("value").asDouble() * 1000;
            }
        }
        throw new IllegalStateException("The browser does not tell how long it worked.");
    }

    /** What the page could not do: uncaught exceptions, and what the policy or the network refused. */
    List<String> problems() {
        return problems;
    }

    private JsonNode send(String method, Map<String, Object> parameters) {
        int id = ids.incrementAndGet();
        ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
        message.set("params", JSON.valueToTree(parameters));
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        pending.put(id, answer);
        socket.sendText(message.toString(), true).join();
        return answer.orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join();
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().onExit().join();
    }

    /** Puts pieces of messages together, and gives answers to those who asked. */
    private final class Messages implements WebSocket.Listener {

        private final StringBuilder text = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            text.append(data);
            if (last) {
                take(text.toString());
                text.setLength(0);
            }
            from.request(1);
            return CompletableFuture.completedStage(null);
        }

        private void take(String message) {
            JsonNode tree;
            try {
                tree = JSON.readTree(message);
            } catch (IOException e) {
                throw new IllegalStateException(message, e);
            }
            CompletableFuture<JsonNode> asked = pending.remove(tree.path("id").asInt());
            if (asked != null && tree.has("error")) {
                asked.completeExceptionally(
                        new IllegalStateException(tree.path("error").toString()));
            } else if (asked != null) {
                asked.complete(tree.path("result"));
            } else if (tree.path("method").asText().equals("Runtime.exceptionThrown")
                    || tree.at("/params/entry/level").asText().equals("error")) {
                problems.add(tree.path("params").toString());
            }
        }
    }
}
