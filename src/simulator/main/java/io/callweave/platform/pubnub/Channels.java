package io.callweave.platform.pubnub;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.platform.subscription.DeliveryMode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All channels. PubNub keeps the last 100 messages of each, for a time that its pages put between 5 and 20 minutes, and answers
 * a request without messages after 280 s.
 */
public final class Channels {

    private static final int MOST = 100;
    private static final Duration KEPT = Duration.ofMinutes(5);
    private static final Duration HOLD = Duration.ofSeconds(280);
    private static final int REGION = 1;
    private static final long TICKS_PER_MS = 10_000;

    private final Clock clock;
    private final Map<String, ArrayDeque<Message>> messages = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private long lastTimetoken;
    private boolean away;

    private record Message(long timetoken, String subscriberKey, String channel, Object payload) {}

    /** A request that waits; the answer is null if the connection is to be cut. */
    private record Waiting(
            String subscriberKey,
            Set<String> channels,
            long after,
            Instant until,
            Consumer<@Nullable ObjectNode> answer) {}

    public Channels(Clock clock) {
        this.clock = clock;
    }

    /** Encrypts a notification if the subscription wants that, and delivers it. */
    public void publish(DeliveryMode.PubNub mode, ObjectNode envelope) {
        Object payload = mode.encryption() ? Encryption.of(envelope.toString(), mode.encryptionKey()) : envelope;
        List<Runnable> answers = new ArrayList<>();
        synchronized (this) {
            ArrayDeque<Message> kept = messages.computeIfAbsent(mode.channel(), name -> new ArrayDeque<>());
            kept.add(new Message(timetoken(), mode.subscriberKey(), mode.channel(), payload));
            if (kept.size() > MOST) {
                kept.removeFirst();
            }
            collect(answers);
        }
        answers.forEach(Runnable::run);
    }

    /**
     * A subscribe request.
     *
     * @param after the timetoken of the last answer; 0 for the first
     * @param answer gets the body, at once or later; null if the connection is to be cut
     */
    void subscribe(String subscriberKey, Set<String> channels, long after, Consumer<@Nullable ObjectNode> answer) {
        List<Runnable> answers = new ArrayList<>();
        synchronized (this) {
            if (away) {
                answers.add(() -> answer.accept(null));
            } else if (after == 0) {
                ObjectNode first = body(timetoken(), List.of());
                answers.add(() -> answer.accept(first));
            } else {
                waiting.add(new Waiting(
                        subscriberKey, channels, after, clock.instant().plus(HOLD), answer));
                collect(answers);
            }
        }
        answers.forEach(Runnable::run);
    }

    /** Answers those that have waited long enough, and forgets old messages. */
    public void tick() {
        long oldest = clock.instant().minus(KEPT).toEpochMilli() * TICKS_PER_MS;
        List<Runnable> answers = new ArrayList<>();
        synchronized (this) {
            messages.values().forEach(kept -> kept.removeIf(message -> message.timetoken() < oldest));
            collect(answers);
        }
        answers.forEach(Runnable::run);
    }

    /** Cuts all connections; the next request is answered. */
    public void cutAll() {
        List<Waiting> cut;
        synchronized (this) {
            cut = List.copyOf(waiting);
            waiting.clear();
        }
        cut.forEach(each -> each.answer().accept(null));
    }

    /** Whether nobody gets an answer from now on. Messages are kept as always. */
    public void away(boolean isAway) {
        synchronized (this) {
            away = isAway;
        }
        if (isAway) {
            cutAll();
        }
    }

    long now() {
        return clock.millis() * TICKS_PER_MS;
    }

    private void collect(List<Runnable> answers) {
        Instant now = clock.instant();
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting one = each.next();
            List<Message> found = one.channels().stream()
                    .flatMap(channel -> messages.getOrDefault(channel, new ArrayDeque<>()).stream())
                    .filter(message -> message.subscriberKey().equals(one.subscriberKey()))
                    .filter(message -> message.timetoken() > one.after())
                    .toList();
            if (!found.isEmpty() || !one.until().isAfter(now)) {
                each.remove();
                ObjectNode body = body(
                        found.isEmpty()
                                ? one.after()
                                : found.get(found.size() - 1).timetoken(),
                        found);
                answers.add(() -> one.answer().accept(body));
            }
        }
    }

    /** Each is another. */
    private long timetoken() {
        lastTimetoken = Math.max(lastTimetoken + 1, now());
        return lastTimetoken;
    }

    private static ObjectNode body(long timetoken, List<Message> found) {
        ObjectNode body = PlatformRequest.object();
        time(body.putObject("t"), timetoken);
        ArrayNode all = body.putArray("m");
        for (Message message : found) {
            ObjectNode one = all.addObject().put("a", "1").put("f", 0).put("i", "ringcentral");
            time(one.putObject("p"), message.timetoken());
            one.put("k", message.subscriberKey()).put("c", message.channel());
            if (message.payload() instanceof ObjectNode json) {
                one.set("d", json);
            } else {
                one.put("d", message.payload().toString());
            }
        }
        return body;
    }

    private static void time(ObjectNode object, long timetoken) {
        object.put("t", Long.toString(timetoken)).put("r", REGION);
    }
}
