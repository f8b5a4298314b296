package io.callweave.console.view;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.live.LiveCall;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import io.callweave.words.LiveWords;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A live call with the names of those who are in it. */
public final class LiveView {

    private static final Instant NEVER = Instant.ofEpochMilli(Long.MIN_VALUE);
    private static final Set<String> ADDED = Set.of("names", "label", "doing", "agents");

    private LiveView() {}

    /**
     * The value with names, labels and what the call does.
     *
     * @param value as on the topic of live calls
     * @param earlier what was shown of the call before
     * @param receivedAt when the newest event that streams knew of it was received
     */
    public static ObjectNode of(
            JsonNode value, @Nullable ObjectNode earlier, Instant receivedAt, DirectoryLookup directory) {
        ObjectNode shown = sent(value);
        LiveCall call = read(shown);
        LiveWords words = LiveWords.of(call, directory);
        ObjectNode doing = LiveDoing.of(call, earlier, newsAt(earlier, receivedAt), directory);
        shown.set("names", NamesIn.of(call.accountId(), NamesIn.extensions(call), directory));
        shown.set("doing", doing);
        ObjectNode label = shown.putObject("label");
        label.put("from", words.caller());
        label.put("to", words.called());
        label.put("answeredBy", doing.path("answerTime").isTextual() ? words.answeredBy() : null);
        label.put("queue", words.queue(Json.text(doing.path("queue"), "id")));
        ArrayNode agents = shown.putArray("agents");
        words.agents().forEach(agents::add);
        return shown;
    }

    /** The live call that a view shows. */
    public static LiveCall read(ObjectNode view) {
        return RecordedCall.readLive(view);
    }

    /** Of two receipts the later one: an event that was received earlier can come later. */
    private static Instant newsAt(@Nullable ObjectNode earlier, Instant receivedAt) {
        Long known = earlier == null ? null : Json.time(earlier.path("doing"), "newsAt");
        return known == null || known <= receivedAt.toEpochMilli() ? receivedAt : Instant.ofEpochMilli(known);
    }

    /** The same value after the directory has changed. */
    public static ObjectNode renamed(ObjectNode view, DirectoryLookup directory) {
        return of(view, view, NEVER, directory);
    }

    private static ObjectNode sent(JsonNode view) {
        ObjectNode live = view.deepCopy();
        return live.remove(ADDED);
    }

    /** The view as a sentence. */
    public static String sentence(JsonNode view) {
        JsonNode label = view.path("label");
        String by = Json.text(label, "answeredBy");
        String queue = Json.text(label, "queue");
        String to = queue == null ? label.path("to").asText() : queue;
        return label.path("from").asText() + " \u2192 " + to
                + (by == null ? "" : by.equals(to) ? ", answered" : ", answered by " + by);
    }
}
