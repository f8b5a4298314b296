package io.callweave.notification;

import com.fasterxml.jackson.core.JsonToken;
import io.callweave.call.event.EventBody;
import io.callweave.call.fact.FactContent;
import io.callweave.call.fact.FactId;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.FactNotice;
import io.callweave.call.fact.FactPlace;
import io.callweave.call.fact.LaterFact;
import io.callweave.notification.json.JacksonTokens;
import io.callweave.notification.json.JsonArray;
import io.callweave.notification.json.JsonObject;
import io.callweave.notification.json.JsonTokens;
import io.callweave.notification.json.JsonValue;
import io.callweave.notification.json.KeptText;
import io.callweave.notification.json.PlainTokens;
import io.callweave.notification.json.SentValue;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the body of a later fact. Its members are those of RingCentral's guides; of a recording, those of its metadata
 * and {@code readyAt}, which the bridge adds. What no record shows is not read.
 */
final class FactReader {

    /** Of the members of a message that are objects. */
    private static final Set<String> ASKED = Set.of("type", "uri", "contentType", "vmDuration", "phoneNumber");

    private static final Set<String> MEMBERS = Set.of(
            "id",
            "sourceSessionId",
            "sourceRecordId",
            "ownerExtensionId",
            "recordingDurationMs",
            "creationTime",
            "lastModifiedTime",
            "from",
            "attachments",
            "contentUri",
            "contentType",
            "duration",
            "readyAt");

    private static final Set<String> INSIGHTS =
            Set.of("Summary", "BulletedSummary", "CallNotes", "NextSteps", "Sentiment", "AIScore");

    private static final int LONGEST_NUMBER = 18;
    static final BigDecimal SECOND = BigDecimal.valueOf(1000);
    private static final BigDecimal LONGEST_MS = BigDecimal.valueOf(Integer.MAX_VALUE);

    private final EventBody body;
    private final Map<String, JsonValue> members = new HashMap<>();
    private final Map<String, List<String>> insights = new LinkedHashMap<>();

    private FactReader(byte[] notification, int from, int to) throws IOException {
        body = EventBody.in(notification, from, to);
        byte[] text = Arrays.copyOfRange(notification, from, to);
        try {
            read(new PlainTokens(text));
        } catch (PlainTokens.NotPlainException notPlain) {
            members.clear();
            insights.clear();
            try (JsonTokens tokens = new JacksonTokens(text)) {
                read(tokens);
            }
        }
    }

    /**
     * Reads one.
     *
     * @param from where the body begins in the notification
     * @param to the offset behind it
     * @return null if it cannot be used
     * @throws IOException if the body is not JSON, which the caller has ruled out
     */
    static @Nullable FactNotice read(byte[] notification, int from, int to, String account, FactPath path)
            throws IOException {
        if (to == from || notification[from] != '{') {
            return null;
        }
        return switch (path.kind()) {
            case CALL_LOG -> LogEntryReader.read(notification, from, to, account, path.owner());
            case INSIGHTS -> new FactReader(notification, from, to).insights(account);
            case VOICEMAIL -> new FactReader(notification, from, to).voicemail(account, path.owner());
            case RECORDING -> new FactReader(notification, from, to).recording(account, path.owner());
        };
    }

    private void read(JsonTokens tokens) throws IOException {
        tokens.next();
        for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
            JsonToken value = tokens.next();
            if (name.equals("insights")) {
                insights.clear();
                if (value == JsonToken.START_OBJECT) {
                    readInsights(tokens);
                } else {
                    tokens.skipChildren();
                }
            } else if (MEMBERS.contains(name)) {
                members.put(name, SentValue.part(tokens, ASKED));
            } else {
                tokens.skipChildren();
            }
        }
    }

    /** A transcript can be many times as long as all else, and nothing of it is read; of other texts, no more than is kept. */
    private void readInsights(JsonTokens tokens) throws IOException {
        for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
            tokens.next();
            if (INSIGHTS.contains(name)) {
                List<String> texts = new ArrayList<>();
                addTexts(tokens, FactContent.Texts.MOST_CHARACTERS, texts);
                insights.put(name, texts);
            } else {
                tokens.skipChildren();
            }
        }
    }

    private @Nullable FactNotice insights(String account) {
        String session = id("sourceSessionId");
        String id = id("sourceRecordId");
        if (session == null || id == null) {
            return null;
        }
        List<LaterFact> facts = new ArrayList<>();
        facts.add(fact(
                FactKind.INSIGHTS,
                id,
                "",
                new FactContent.Description(
                        id("ownerExtensionId"),
                        null,
                        null,
                        millis(id("recordingDurationMs"), BigDecimal.ONE),
                        time("creationTime"),
                        time("lastModifiedTime"))));
        insights.forEach((name, texts) -> facts.add(fact(FactKind.INSIGHTS, id, name, new FactContent.Texts(texts))));
        return new FactNotice(account, FactKind.INSIGHTS, id, new FactPlace.InSession(session), facts);
    }

    private @Nullable FactNotice voicemail(String account, String extension) {
        String id = id("id");
        Long createdAt = time("creationTime");
        if (id == null || createdAt == null || !KeptText.isKept(extension)) {
            return null;
        }
        JsonObject sound = attachment();
        LaterFact fact = fact(
                FactKind.VOICEMAIL,
                id,
                "",
                new FactContent.Description(
                        extension,
                        sound == null ? null : KeptText.of(sound.text("uri")),
                        sound == null ? null : KeptText.of(sound.text("contentType")),
                        sound == null ? null : millis(sound.id("vmDuration"), SECOND),
                        createdAt,
                        time("lastModifiedTime")));
        String caller = members.get("from") instanceof JsonObject from ? KeptText.of(from.id("phoneNumber")) : null;
        FactPlace place = new FactPlace.Mailbox(extension, createdAt, caller);
        return new FactNotice(account, FactKind.VOICEMAIL, id, place, List.of(fact));
    }

    private @Nullable FactNotice recording(String account, String id) {
        String named = id("id");
        if (!KeptText.isKept(id) || (named != null && !named.equals(id))) {
            return null;
        }
        LaterFact fact = fact(
                FactKind.RECORDING,
                id,
                "",
                new FactContent.Description(
                        null,
                        text("contentUri"),
                        text("contentType"),
                        millis(id("duration"), SECOND),
                        null,
                        time("readyAt")));
        return new FactNotice(account, FactKind.RECORDING, id, new FactPlace.NamedByEvent(), List.of(fact));
    }

    private LaterFact fact(FactKind kind, String id, String part, FactContent content) {
        return new LaterFact(new FactId(kind, id, part), time("lastModifiedTime"), body, content);
    }

    /** The sound of a message; beside it there can be its transcription. */
    private @Nullable JsonObject attachment() {
        if (!(members.get("attachments") instanceof JsonArray array)) {
            return null;
        }
        JsonObject first = null;
        for (JsonValue element : array.elements()) {
            if (element instanceof JsonObject object) {
                if ("AudioRecording".equals(object.text("type"))) {
                    return object;
                }
                first = first == null ? object : first;
            }
        }
        return first;
    }

    private @Nullable String id(String name) {
        JsonValue value = members.get(name);
        return value == null ? null : KeptText.of(value.id());
    }

    private @Nullable String text(String name) {
        JsonValue value = members.get(name);
        return value == null ? null : KeptText.of(value.text());
    }

    private @Nullable Long time(String name) {
        long time = Instants.parse(text(name));
        return time == Instants.NONE ? null : time;
    }

    /** Null for what is no length of a call. */
    static @Nullable Long millis(@Nullable String digits, BigDecimal unit) {
        if (digits == null || digits.length() > LONGEST_NUMBER) {
            return null;
        }
        try {
            BigDecimal millis = new BigDecimal(digits).multiply(unit);
            return millis.signum() < 0 || millis.compareTo(LONGEST_MS) > 0 ? null : millis.longValue();
        } catch (NumberFormatException notANumber) {
            return null;
        }
    }

    /**
     * Of a text, of an object its {@code value}, of a list those of its elements: RingCentral sends all of these. Stops at the last token of
     * the value.
     *
     * @param room for as many characters, with one between two texts
     * @return what is left of that
     */
    private static int addTexts(JsonTokens tokens, int room, List<String> to) throws IOException {
        if (tokens.current() == JsonToken.START_ARRAY) {
            int left = room;
            while (tokens.next() != JsonToken.END_ARRAY) {
                if (left > 0) {
                    left = addTexts(tokens, left, to);
                } else {
                    tokens.skipChildren();
                }
            }
            return left;
        }
        String text = tokens.current() == JsonToken.START_OBJECT ? ofObject(tokens) : scalar(tokens);
        if (text == null || room <= 0) {
            return room;
        }
        to.add(cut(text, room));
        return room - text.length() - 1;
    }

    private static @Nullable String ofObject(JsonTokens tokens) throws IOException {
        String value = null;
        String text = null;
        for (String name = tokens.nextName(); name != null; name = tokens.nextName()) {
            tokens.next();
            if (name.equals("value")) {
                value = scalar(tokens);
            } else if (name.equals("text")) {
                text = scalar(tokens);
            } else {
                tokens.skipChildren();
            }
        }
        return value != null ? value : text;
    }

    /** Null of an object, of a list and of what is no text or number. */
    private static @Nullable String scalar(JsonTokens tokens) throws IOException {
        if (tokens.current() == JsonToken.START_OBJECT || tokens.current() == JsonToken.START_ARRAY) {
            tokens.skipChildren();
            return null;
        }
        return SentValue.read(tokens).value().id();
    }

    /** A character of two halves stays whole, or goes. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
