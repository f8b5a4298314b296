package io.callweave.bench.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.bench.faults.Evidence.Keyed;
import io.callweave.bench.faults.Evidence.Letter;
import io.callweave.bench.faults.Evidence.Post;
import io.callweave.bench.faults.Evidence.Sent;
import io.callweave.bench.faults.Evidence.Version;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what can be seen of an installation. */
final class Seen {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final int PAGE = 500;

    private Seen() {}

    /** Everything, now. */
    static Evidence of(FaultSite site, List<byte[]> answered) throws IOException, InterruptedException {
        return of(
                site.brokers().bootstrapServers(),
                FaultSite.PREFIX,
                answered,
                site.receivers().posts(),
                site.subscriptions(),
                console(site));
    }

    /** What the topics of an installation have, now, beside what the caller has seen. */
    static Evidence of(
            String bootstrapServers,
            String prefix,
            List<byte[]> answered,
            Map<String, List<Post>> posts,
            Map<String, String> subscriptions,
            @Nullable Map<String, Version> console) {
        TopicReader topics = new TopicReader(bootstrapServers);
        List<Sent> notifications = new ArrayList<>();
        topics.readByPartition(
                Topic.NOTIFICATIONS.name(prefix),
                read -> notifications.add(new Sent(read.value(), Headers.text(read.headers(), Headers.ACCOUNT))));
        List<Keyed> calls = new ArrayList<>();
        topics.readByPartition(Topic.CALLS.name(prefix), read -> calls.add(new Keyed(text(read.key()), read.value())));
        List<byte[]> events = new ArrayList<>();
        topics.readByPartition(Topic.PARTY_EVENTS.name(prefix), read -> events.add(read.value()));
        List<Letter> letters = new ArrayList<>();
        topics.readByPartition(
                Topic.DEAD_LETTERS.name(prefix),
                read -> letters.add(
                        new Letter(String.valueOf(Headers.text(read.headers(), Headers.REASON)), read.value())));
        return new Evidence(
                answered,
                notifications,
                calls,
                newest(topics, Topic.PARTY_METRICS.name(prefix)),
                newest(topics, Topic.WINDOW_METRICS.name(prefix)),
                newest(topics, Topic.LIVE_CALLS.name(prefix)),
                events,
                letters,
                posts,
                subscriptions,
                console);
    }

    private static Map<String, byte[]> newest(TopicReader topics, String topic) {
        Map<String, byte[]> newest = new TreeMap<>();
        topics.readByPartition(topic, read -> {
            if (read.value() == null) {
                newest.remove(text(read.key()));
            } else {
                newest.put(text(read.key()), read.value());
            }
        });
        return newest;
    }

    private static Map<String, Version> console(FaultSite site) throws IOException, InterruptedException {
        Map<String, Version> rows = new TreeMap<>();
        ObjectNode question = JSON.createObjectNode().put("limit", PAGE);
        while (true) {
            HttpRequest request = HttpRequest.newBuilder(site.consoleAddress().resolve("/v1/calls/search"))
                    .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(question)))
                    .build();
            JsonNode page =
                    JSON.readTree(HTTP.send(request, BodyHandlers.ofByteArray()).body());
            for (JsonNode row : page.path("calls")) {
                rows.put(
                        row.path("accountId").asText() + "/"
                                + row.path("callId").asText(),
                        new Version(
                                row.path("epoch").asLong(), row.path("revision").asLong()));
            }
            if (!page.path("next").isTextual()) {
                return rows;
            }
            question.set("cursor", page.path("next"));
        }
    }

    private static String text(byte[] key) {
        return new String(key, StandardCharsets.UTF_8);
    }
}
