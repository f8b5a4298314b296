package io.callweave.console.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.live.LiveCall;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import io.callweave.words.LiveWords;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A live call with the names of those who are in it.
 *
 * @param call as it was read
 * @param json as it is shown: the value with names, labels and what the call does; not changed afterwards
 */
public record LiveView(LiveCall call, ObjectNode json) {

    private static final Instant NEVER = Instant.ofEpochMilli(Long.MIN_VALUE);

    /**
     * Reads a value and adds what is shown beside it.
     *
     * @param value as on the topic of live calls; becomes what is shown
     * @param earlier what was shown of the call before
     * @param receivedAt when the newest event that streams knew of it was received
     * @throws IllegalArgumentException if it is no live call
     */
    public static LiveView of(
            ObjectNode value, @Nullable LiveView earlier, Instant receivedAt, DirectoryLookup directory) {
        return shown(RecordedCall.readLive(value), value, earlier, receivedAt, directory);
    }

    /** Whether it has a name, or could have one, of any of these extensions. */
    public boolean names(Predicate<String> extension) {
        String queue = Json.text(json.path("doing").path("queue"), "id");
        return NamesIn.extensions(call).stream().anyMatch(extension) || (queue != null && extension.test(queue));
    }

    /** The same value after the directory has changed. */
    public LiveView renamed(DirectoryLookup directory) {
        return shown(call, json.deepCopy(), this, NEVER, directory);
    }

    private static LiveView shown(
            LiveCall call,
            ObjectNode shown,
            @Nullable LiveView earlier,
            Instant receivedAt,
            DirectoryLookup directory) {
        ObjectNode before = earlier == null ? null : earlier.json;
        LiveWords words = LiveWords.of(call, directory);
        ObjectNode doing = LiveDoing.of(call, before, newsAt(before, receivedAt), directory);
        shown.set("names", NamesIn.of(call.accountId(), NamesIn.extensions(call), directory));
        shown.set("doing", doing);
        ObjectNode label = shown.putObject("label");
        label.put("from", words.caller());
        label.put("to", words.called());
        label.put("answeredBy", doing.path("answerTime").isTextual() ? words.answeredBy() : null);
        label.put("queue", words.queue(Json.text(doing.path("queue"), "id")));
        ArrayNode agents = shown.putArray("agents");
        words.agents().forEach(agents::add);
        return new LiveView(call, shown);
    }

    /** Of two receipts the later one: an event that was received earlier can come later. */
    private static Instant newsAt(@Nullable ObjectNode earlier, Instant receivedAt) {
        Long known = earlier == null ? null : Json.time(earlier.path("doing"), "newsAt");
        return known == null || known <= receivedAt.toEpochMilli() ? receivedAt : Instant.ofEpochMilli(known);
    }

    /** How much of it is there for the queues that the call passed, in bytes: its value no longer has them. */
    public int bytesOfQueues() {
        return json.path("doing").path("queues").toString().length();
    }

    /** The call as a sentence. */
    public String sentence() {
        String by = Json.text(json.path("label"), "answeredBy");
        String queue = Json.text(json.path("label"), "queue");
        String to = queue == null ? json.at("/label/to").asText() : queue;
        return json.at("/label/from").asText() + " \u2192 " + to
                + (by == null ? "" : by.equals(to) ? ", answered" : ", answered by " + by);
    }
}
