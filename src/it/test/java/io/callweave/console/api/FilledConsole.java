package io.callweave.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.TestJson;
import io.callweave.access.AccessTokens;
import io.callweave.console.feed.Changes;
import io.callweave.console.feed.FeedConfig;
import io.callweave.console.feed.Kept;
import io.callweave.console.feed.KnownNames;
import io.callweave.console.feed.Masking;
import io.callweave.console.feed.NewestAudits;
import io.callweave.console.feed.NewestLetters;
import io.callweave.console.feed.Rates;
import io.callweave.console.feed.RawNotifications;
import io.callweave.console.store.CallStore;
import io.callweave.console.store.LiveBoard;
import io.callweave.console.store.NotificationPlace;
import io.callweave.console.store.StoredCall;
import io.callweave.console.store.StoredWindow;
import io.callweave.console.view.CallRow;
import io.callweave.console.view.LiveView;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryJson;
import io.callweave.metrics.ServiceGoals;
import io.callweave.record.ExcludedCalls;
import io.callweave.record.RecordedCall;
import io.callweave.topology.calls.CallOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A console that is served over HTTP, with a store that tests fill, and without Kafka. */
public final class FilledConsole implements AutoCloseable {

    /** A Thursday; in Auckland, it is Friday. */
    static final Instant NOW = Instant.parse("2026-03-12T15:30:00Z");

    private static final AtomicLong STARTS = new AtomicLong();

    private final HttpClient client = HttpClient.newHttpClient();
    private final Kept kept;
    private final ConsoleServer server;
    private volatile boolean ready = true;

    record Answer(int status, String body, HttpResponse<?> response) {
        JsonNode json() {
            return TestJson.tree(body);
        }
    }

    /** @param tokens in the form of the setting; empty for none */
    public FilledConsole(Path folder, String tokens) {
        this(folder, tokens, Masking.OFF);
    }

    FilledConsole(Path folder, String tokens, Masking masking) {
        this(folder, tokens, masking, false, ServiceGoals.NONE, NOW);
    }

    /** A console that has goals. */
    public FilledConsole(Path folder, ServiceGoals goals, Instant now) {
        this(folder, "", Masking.OFF, false, goals, now);
    }

    /** @param excluding whether its page says that calls are left out */
    public FilledConsole(Path folder, boolean excluding) {
        this(folder, "", Masking.OFF, excluding, ServiceGoals.NONE, NOW);
    }

    /** @param longest of the processor that a question may take */
    FilledConsole(Path folder, Duration longest) {
        this(new CallStore(folder, longest), "", Masking.OFF, false, ServiceGoals.NONE, NOW);
    }

    private FilledConsole(
            Path folder, String tokens, Masking masking, boolean excluding, ServiceGoals goals, Instant now) {
        this(new CallStore(folder), tokens, masking, excluding, goals, now);
    }

    private FilledConsole(
            CallStore store, String tokens, Masking masking, boolean excluding, ServiceGoals goals, Instant now) {
        kept = new Kept(
                store,
                new LiveBoard(),
                new KnownNames(masking),
                new NewestLetters(),
                new NewestAudits(),
                new Changes(STARTS::incrementAndGet),
                new Rates(() -> 0));
        server = ConsoleServer.start(new ServerConfig(
                new ConsoleOptions(
                        "127.0.0.1",
                        0,
                        AccessTokens.of(
                                new AccessTokens.Names("console.tokens", "console.access-file"),
                                tokens,
                                Optional.empty()),
                        masking == Masking.ON,
                        excluding,
                        new AccountZones(ZoneOffset.UTC, Map.of("far", ZoneId.of("Pacific/Auckland"))),
                        goals,
                        CallOptions.DEFAULT,
                        List.of(new ExampleCall("A", "s-a", "an example"), new ExampleCall("B", "s-b", "another"))),
                "1",
                kept,
                new ServerConfig.State(() -> ready, OptionalLong::empty, Map::of, Map::of, Map::of),
                new RawNotifications(new FeedConfig(
                        Map.of("bootstrap.servers", "127.0.0.1:1"),
                        "callweave.",
                        Duration.ofDays(7),
                        1,
                        1 << 30,
                        masking,
                        ExcludedCalls.NONE)),
                InstantSource.fixed(now)));
    }

    void fill(boolean filled) {
        ready = filled;
    }

    /** From now on, questions fail. */
    void closeStore() {
        kept.calls().close();
    }

    NewestLetters deadLetters() {
        return kept.deadLetters();
    }

    NewestAudits audits() {
        return kept.audits();
    }

    Changes changes() {
        return kept.changes();
    }

    void put(ObjectNode call) {
        putAll(List.of(call));
    }

    /** Puts figures, as on the topic of window metrics. */
    public void putWindow(ObjectNode window) {
        String key = String.join(
                "/",
                window.path("accountId").asText(),
                window.path("scope").asText(),
                window.path("scopeId").asText(),
                window.path("window").asText(),
                window.path("windowStart").asText());
        Boolean unused = kept.calls().write(batch -> {
            batch.putWindow(new StoredWindow(
                    key,
                    window.path("accountId").asText(),
                    window.path("scope").asText(),
                    window.path("scopeId").asText(),
                    window.path("window").asText(),
                    Instant.parse(window.path("windowStart").asText()).toEpochMilli(),
                    Instant.parse(window.path("windowEnd").asText()).toEpochMilli(),
                    window.path("calls").asLong(),
                    window.toString().getBytes(StandardCharsets.UTF_8)));
            return true;
        });
    }

    void putNotification(String account, String session, long offset) {
        Boolean unused = kept.calls().write(batch -> {
            batch.putNotification(new NotificationPlace(account, session, 0, offset, offset));
            return true;
        });
    }

    /** Puts records in one transaction, and returns their rows. */
    public List<ObjectNode> putAll(List<ObjectNode> calls) {
        return kept.calls().write(batch -> {
            List<ObjectNode> rows = new ArrayList<>();
            for (ObjectNode call : calls) {
                batch.put(StoredCall.of(RecordedCall.of(call), call.toString().getBytes(StandardCharsets.UTF_8), 0));
                rows.add(CallRow.of(RecordedCall.of(call), kept.names()));
            }
            return rows;
        });
    }

    /** Puts a live call that was received when it last changed, and returns what is shown of it. */
    public ObjectNode putLive(ObjectNode live) {
        return putLive(
                live,
                Stream.concat(
                                live.path("parties").findValuesAsText("since").stream(),
                                Stream.of("startTime", "since")
                                        .map(name -> live.path(name).asText()))
                        .filter(time -> !time.isEmpty())
                        .map(Instant::parse)
                        .max(Comparator.naturalOrder())
                        .orElseGet(Instant::now));
    }

    /**
     * The same, for a call from which nothing was heard for a while.
     *
     * @param receivedAt when its latest event was received
     */
    public ObjectNode putLive(ObjectNode live, Instant receivedAt) {
        ObjectNode whole = JsonNodeFactory.instance
                .objectNode()
                .put("state", "connecting")
                .put("startTime", "2026-03-02T09:00:00.000Z");
        whole.setAll(live);
        whole.put("since", live.path("since").asText(whole.path("startTime").asText()));
        LiveView shown = LiveView.of(whole, kept.live().get(key(live)), receivedAt, kept.names());
        List<String> unused = kept.live().put(key(live), shown, 0);
        return shown.json();
    }

    /** Puts a name into the directory. */
    public void name(String account, String extension, String name, String type) {
        name(account, extension, name, type, null);
    }

    /** The same, with a department. */
    public void name(String account, String extension, String name, String type, @Nullable String department) {
        DirectoryEntry entry = new DirectoryEntry(account, extension, name, type, null, department, null);
        kept.names()
                .learn(
                        DirectoryEntry.key(account, extension).getBytes(StandardCharsets.UTF_8),
                        DirectoryJson.write(entry));
    }

    /** Tells all pages that they must load again. */
    public void reset() {
        kept.changes().tell("reset", null, "{}");
    }

    /** Takes away a live call. */
    public void removeLive(ObjectNode live) {
        boolean unused = kept.live().remove(key(live));
    }

    private static String key(ObjectNode call) {
        return call.path("accountId").asText() + "/" + call.path("callId").asText();
    }

    /** Tells all pages of a change. */
    public void tell(String type, ObjectNode change) {
        kept.changes().tell(type, change.path("accountId").asText(), change.toString());
    }

    public URI at(String path) {
        return URI.create(server.address() + path);
    }

    Answer get(String path, @Nullable String token) throws IOException, InterruptedException {
        return send("GET", path, token, null);
    }

    Answer send(String method, String path, @Nullable String token, @Nullable String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        return new Answer(response.statusCode(), response.body(), response);
    }

    @Override
    public void close() {
        server.close();
        kept.calls().close();
    }
}
