package io.callweave.simulation.artifact;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.simulation.platform.WireJson;
import io.callweave.simulation.platform.WireStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What comes after one call: of each recording that it is ready, of each message that it was left, and what the AI says of a
 * recording, first its notes, then its analysis. Made from what the platform sent of the call.
 */
public final class Aftermath {

    private static final Comparator<Event> IN_ORDER = Comparator.comparingLong(Event::sequence);

    private final SplittableRandom random;
    private final ArtifactMix mix;
    private final List<Told> told = new ArrayList<>();

    /**
     * A notification of an artifact.
     *
     * @param first the artifact, if nothing was told of it before; else null
     */
    public record Told(
            Instant time,
            Notification notification,
            @Nullable LeftArtifact first) {}

    private record Event(long sequence, Instant time, JsonNode party) {}

    private record Leg(String account, String session, String party) {}

    private Aftermath(long seed, ArtifactMix mix) {
        this.random = new SplittableRandom(seed);
        this.mix = mix;
    }

    /** The later facts of a call, in order of time. */
    public static List<Told> of(List<Notification> sent, long seed, ArtifactMix mix) {
        Aftermath aftermath = new Aftermath(seed, mix);
        Map<Leg, List<Event>> legs = new LinkedHashMap<>();
        for (Notification notification : sent) {
            JsonNode party = notification.party();
            legs.computeIfAbsent(
                            new Leg(
                                    notification.account(),
                                    notification.telephonySessionId(),
                                    party.path("id").asText()),
                            leg -> new ArrayList<>())
                    .add(new Event(notification.sequence(), notification.eventTime(), party));
        }
        legs.forEach((leg, events) -> {
            events.sort(IN_ORDER);
            aftermath.recordings(leg, events);
            aftermath.messages(leg, events);
        });
        return aftermath.told.stream().sorted(Comparator.comparing(Told::time)).toList();
    }

    private void recordings(Leg leg, List<Event> events) {
        Map<String, Instant> begun = new TreeMap<>();
        for (Event event : events) {
            for (JsonNode recording : event.party().path("recordings")) {
                begun.putIfAbsent(recording.path("id").asText(), event.time());
            }
        }
        Instant end = events.get(events.size() - 1).time();
        begun.forEach((id, start) -> recording(leg, id, Duration.between(start, end), end, ownExtension(leg, events)));
    }

    private void recording(Leg leg, String id, Duration length, Instant end, @Nullable String extension) {
        if (random.nextDouble() >= mix.missing()) {
            // RingCentral prepares it for about as long as the call lasted.
            Instant ready = end.plus(length).plusMillis(random.nextInt(5_000));
            ObjectNode body = body().put("id", id)
                    .put("contentUri", "https://media.example.com/recording/" + id + "/content")
                    .put("contentType", "audio/mpeg")
                    .put("duration", length.toSeconds())
                    .put("type", "OnDemand")
                    .put("readyAt", WireJson.time(ready));
            tell(leg, "recording", id, "/restapi/v1.0/account/" + leg.account() + "/recording/" + id, ready, body);
        }
        if (random.nextDouble() < mix.insights()) {
            Instant notes = end.plusSeconds((60 + random.nextInt(600)) / mix.sooner());
            Instant analysis = notes.plusSeconds(random.nextInt(1_800) / mix.sooner());
            ObjectNode first = insights(leg, id, length, notes, extension);
            value(first, "CallNotes", "Notes of " + id);
            value(first, "BulletedSummary", "Points of " + id);
            ObjectNode second = insights(leg, id, length, analysis, extension);
            value(second, "Summary", "Summary of " + id);
            value(second, "NextSteps", "Call again about " + id);
            value(
                    second,
                    "Sentiment",
                    List.of("Positive", "Negative", "Neutral").get(random.nextInt(3)));
            value(second, "AIScore", Integer.toString(1 + random.nextInt(5)));
            second.withArray("/insights/Transcript")
                    .addObject()
                    .put("start", 0.5)
                    .put("end", 2.25)
                    .put("text", "What was said in " + id);
            String event = "/ai/ringsense/v1/public/accounts/" + leg.account() + "/domains/pbx/insights";
            // The second one can overtake the first.
            tell(leg, "insights", id, event, notes.plusSeconds(random.nextInt(900) / mix.sooner()), first);
            tell(leg, "insights", id, event, analysis, second);
        }
    }

    private ObjectNode insights(Leg leg, String id, Duration length, Instant time, @Nullable String extension) {
        ObjectNode body = body().put("domain", "pbx")
                .put("sourceSessionId", leg.session())
                .put("sourceRecordId", id)
                .put("ownerExtensionId", extension)
                .put("recordingDurationMs", length.toMillis())
                .put("creationTime", WireJson.time(time))
                .put("lastModifiedTime", WireJson.time(time));
        body.putObject("insights");
        return body;
    }

    private static void value(ObjectNode body, String member, String value) {
        body.withArray("/insights/" + member).addObject().put("value", value);
    }

    private void messages(Leg leg, List<Event> events) {
        String extension = ownExtension(leg, events);
        for (int i = 0; i + 1 < events.size() && extension != null; i++) {
            boolean left = status(events.get(i)).equals(WireStatus.VOICEMAIL)
                    && !status(events.get(i + 1)).equals(WireStatus.VOICEMAIL);
            if (left && random.nextDouble() >= mix.missing()) {
                message(leg, extension, events.get(i + 1));
            }
        }
    }

    private void message(Leg leg, String extension, Event end) {
        String id = Long.toString(random.nextLong(1L << 40, 1L << 50));
        Instant created = end.time().plusMillis(random.nextInt(4_000) - 1_000);
        ObjectNode body = body().put("id", Long.parseLong(id)).put("type", "VoiceMail");
        JsonNode from = end.party().path("from");
        ObjectNode sender = body.putObject("from");
        sender.setAll((ObjectNode) from.deepCopy());
        sender.remove("extensionId");
        body.put("creationTime", WireJson.time(created))
                .put("lastModifiedTime", WireJson.time(created))
                .put("readStatus", "Unread");
        ArrayNode attachments = body.putArray("attachments");
        attachments
                .addObject()
                .put("id", id)
                .put("uri", "https://media.example.com/message/" + id + "/content")
                .put("type", "AudioRecording")
                .put("contentType", "audio/mpeg")
                .put("vmDuration", 1 + random.nextInt(60));
        String event = "/restapi/v1.0/account/" + leg.account() + "/extension/" + extension + "/voicemail";
        tell(leg, "voicemail", id, event, created.plusMillis(random.nextInt(6_000)), body);
    }

    private void tell(Leg leg, String kind, String id, String event, Instant time, ObjectNode body) {
        LeftArtifact artifact = new LeftArtifact(leg.account(), kind, id, leg.session(), leg.party());
        boolean known = told.stream().anyMatch(each -> artifact.equals(each.first()));
        Notification notification = notification(leg, event, time, body);
        told.add(new Told(time, notification, known ? null : artifact));
        if (random.nextDouble() < mix.doubled()) {
            Instant again = time.plusMillis(random.nextInt(3_000));
            told.add(new Told(again, notification(leg, event, again, body), null));
        }
    }

    private Notification notification(Leg leg, String event, Instant time, ObjectNode body) {
        ObjectNode envelope = body().put("uuid", Long.toString(random.nextLong(1L << 59, Long.MAX_VALUE)))
                .put("event", event)
                .put("timestamp", WireJson.time(time))
                .put("subscriptionId", SimulatedAccount.subscriptionId("account " + leg.account()));
        envelope.set("body", body);
        return new Notification(leg.account(), leg.session(), -1, time, time, WireJson.text(envelope));
    }

    private static String status(Event event) {
        return event.party().at("/status/code").asText();
    }

    /** Null for a party outside the account. */
    private static @Nullable String ownExtension(Leg leg, List<Event> events) {
        for (Event event : events) {
            String account = event.party().path("accountId").asText();
            if (event.party().hasNonNull("extensionId") && (account.isEmpty() || account.equals(leg.account()))) {
                return event.party().path("extensionId").asText();
            }
        }
        return null;
    }

    private static ObjectNode body() {
        return JsonNodeFactory.instance.objectNode();
    }
}
