package io.callweave.console.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.SessionRecord;
import io.callweave.console.feed.Kept;
import io.callweave.console.feed.Part;
import io.callweave.console.feed.RawNotifications;
import io.callweave.console.store.NotificationPlace;
import io.callweave.console.view.EventReceipts;
import io.callweave.console.view.Json;
import io.callweave.console.view.LaneJson;
import io.callweave.console.view.LiveView;
import io.callweave.console.view.SeenLanes;
import io.callweave.explain.Explanation;
import io.callweave.explain.RecordedLines;
import io.callweave.files.KeptNotifications;
import io.callweave.files.NotificationLine;
import io.callweave.files.Tally;
import io.callweave.notification.NotificationReader;
import io.callweave.runtime.http.Turns;
import io.callweave.topology.calls.CallOptions;
import io.callweave.value.JsonLimits;
import io.callweave.words.CallWords;
import io.callweave.words.LiveWords;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a call was made of: its notifications, and why it came out as it did. */
final class CallEvidence {

    private static final int MOST_NOTIFICATIONS = 2_000;

    /** With the largest of calls, each needs some ten megabytes. */
    private static final int AT_ONCE = 3;

    /** One place is left, so that a tenant that asks for much keeps no other waiting. */
    private static final int OF_ONE = 2;

    /** Of one account. A page asks for a few things at the same time. */
    private static final int MOST_WAITING = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** A console that is further behind may not know where all notifications are. */
    private static final long BEHIND_MS = 2_000;

    private static final Map<Part, String> NONE = Map.of(
            Part.DELETED, "The notifications of this call are no longer on the topic.",
            Part.FORGOTTEN, "The console no longer knows where the notifications of this call are.");

    private final Kept kept;
    private final RawNotifications notifications;
    private final ServerConfig.State state;
    private final CallOptions rules;
    private final InstantSource clock;
    private final Turns turns;

    /** @param turns of all that shows large calls */
    CallEvidence(ServerConfig config, Turns turns) {
        this.turns = turns;
        kept = config.kept();
        notifications = config.notifications();
        state = config.state();
        rules = config.options().rules();
        clock = config.clock();
    }

    static Turns turns() {
        return new Turns(AT_ONCE, OF_ONE, MOST_WAITING, PATIENCE, ApiException::busy);
    }

    /**
     * What the console knows of a call.
     *
     * @param sessions with their first and last numbers; without numbers while it goes on
     * @param live null if it is over
     */
    private record Known(
            ArrayNode lanes,
            List<Numbers> sessions,
            @Nullable LiveView live) {}

    /** The sequence numbers of a session, as the record has them. */
    private record Numbers(String session, long first, long last) {

        static Numbers of(SessionRecord session) {
            return new Numbers(session.telephonySessionId(), session.firstSequence(), session.lastSequence());
        }

        static Numbers any(String session) {
            return new Numbers(session, Long.MAX_VALUE, Long.MIN_VALUE);
        }
    }

    /** The notifications of the call as they were received. */
    byte[] notifications(AccountScope scope, String account, String call, BooleanSupplier hasLeft) {
        Known known = known(scope, account, call);
        return inParts(scope, hasLeft, pace -> notifications(scope, account, known, pace));
    }

    /** What {@code explain} says about these notifications. */
    byte[] why(AccountScope scope, String account, String call, BooleanSupplier hasLeft) {
        Known known = known(scope, account, call);
        return inParts(scope, hasLeft, pace -> {
            RawNotifications.Reading reading = read(account, known);
            pace.run();
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.put(
                    "text",
                    reading.notifications().isEmpty() ? missing(reading) + "\n" : why(account, call, reading, pace));
            return tellPart(answer, reading);
        });
    }

    /** As long as one may read. Others who wait go first. */
    private byte[] inParts(AccountScope scope, BooleanSupplier hasLeft, Function<Runnable, ObjectNode> work) {
        return turns.takeInParts(
                scope.accounts(),
                hasLeft,
                look -> kept.calls()
                        .counted(
                                scope,
                                time -> bytes(work.apply(() -> {
                                    time.run();
                                    look.run();
                                }))));
    }

    private String why(String account, String call, RawNotifications.Reading reading, Runnable pace) {
        List<NotificationLine> lines = new ArrayList<>();
        reading.notifications()
                .forEach(raw -> lines.add(
                        new NotificationLine(raw.value(), "notification", lines.size() + 1L, raw.receivedAt())));
        RecordedLines recording = RecordedLines.read(
                lines.iterator(),
                KeptNotifications.ofTopic(rules.notifications()),
                new Tally(),
                new RecordedLines.Listener() {
                    @Override
                    public void line(NotificationLine line) {
                        pace.run();
                    }
                });
        return Explanation.of(recording, account, call, rules, false, clock.millis(), pace);
    }

    private ObjectNode notifications(AccountScope scope, String account, Known known, Runnable pace) {
        RawNotifications.Reading reading = read(account, known);
        pace.run();
        ObjectNode answer = JsonNodeFactory.instance.objectNode();
        ArrayNode list = answer.putArray("notifications");
        EventReceipts receipts = new EventReceipts();
        SeenLanes seen = new SeenLanes();
        for (RawNotifications.Raw raw : reading.notifications()) {
            pace.run();
            ObjectNode one = list.addObject();
            if (scope.isOperator()) {
                // Offsets tell how many notifications others have.
                one.put("partition", raw.partition()).put("offset", raw.offset());
            }
            one.put("receivedAt", Instant.ofEpochMilli(raw.receivedAt()).toString());
            JsonNode body = body(raw.value());
            one.set("sequence", body.path("sequence").isNumber() ? body.path("sequence") : null);
            one.put("eventTime", Json.text(body, "eventTime"));
            one.put("telephonySessionId", raw.telephonySessionId());
            boolean late = receipts.add(raw.telephonySessionId(), body);
            seen.add(raw.telephonySessionId(), body, late);
            one.put("late", late);
            one.put("text", raw.text());
        }
        ArrayNode lanes =
                known.live == null ? receipts.mark(known.lanes) : seen.over(known.live, known.lanes, kept.names());
        answer.set("lanes", reading.notifications().isEmpty() ? null : lanes);
        answer.set("steps", known.live == null ? null : steps(reading));
        return tellPart(answer, reading);
    }

    /** What happened so far in a call that goes on: its value has only what each party does now. */
    private @Nullable ArrayNode steps(RawNotifications.Reading reading) {
        NotificationReader reader = new NotificationReader(rules.notifications());
        Assembly assembly = new Assembly();
        reading.notifications().forEach(raw -> reader.read(raw.value()).events().forEach(assembly::add));
        List<CallRecord> calls = assembly.records(rules.rules());
        // Several: notifications that tie their sessions are lost.
        return calls.size() != 1
                ? null
                : LaneJson.steps(
                        CallWords.of(calls.get(0), kept.names()).stepsSoFar(),
                        calls.get(0).times().startTime());
    }

    private static ObjectNode tellPart(ObjectNode answer, RawNotifications.Reading reading) {
        Part part = reading.part();
        answer.put("complete", part == null);
        answer.put("reason", part == null ? null : part.word());
        return answer.put("missing", missing(reading));
    }

    private static @Nullable String missing(RawNotifications.Reading reading) {
        Part part = reading.part();
        if (part == null) {
            return null;
        }
        return reading.notifications().isEmpty() ? NONE.getOrDefault(part, part.sentence()) : part.sentence();
    }

    /** In an envelope of a webhook, the facts are in its body. */
    private static JsonNode body(byte[] value) {
        try {
            JsonNode json = JsonLimits.tree(value);
            return json.path("body").isObject() ? json.path("body") : json;
        } catch (IOException noJson) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private RawNotifications.Reading read(String account, Known known) {
        List<String> ids = known.sessions.stream().map(Numbers::session).toList();
        List<NotificationPlace> places = kept.calls().notifications(account, ids, MOST_NOTIFICATIONS + 1);
        RawNotifications.Reading reading =
                notifications.read(account, places.subList(0, Math.min(places.size(), MOST_NOTIFICATIONS)));
        if (places.size() > MOST_NOTIFICATIONS) {
            return new RawNotifications.Reading(reading.notifications(), Part.NUMBER);
        }
        Part part = reading.part();
        if (part == null && !hasAll(known, reading.notifications())) {
            part = Part.FORGOTTEN;
        }
        boolean filling = part == Part.FORGOTTEN && state.behindMs().get().orElse(0) > BEHIND_MS;
        return new RawNotifications.Reading(reading.notifications(), filling ? Part.FILLING : part);
    }

    /** Places are forgotten and records deleted by their age: then the first numbers of a session, or all, are not there. */
    private static boolean hasAll(Known known, List<RawNotifications.Raw> read) {
        Map<String, LongSummaryStatistics> numbers = new HashMap<>();
        for (RawNotifications.Raw raw : read) {
            JsonNode sequence = body(raw.value()).path("sequence");
            if (sequence.isNumber()) {
                numbers.computeIfAbsent(raw.telephonySessionId(), each -> new LongSummaryStatistics())
                        .accept(sequence.asLong());
            }
        }
        return known.sessions.stream().allMatch(session -> {
            LongSummaryStatistics of = numbers.get(session.session());
            return of != null && of.getMin() <= session.first() && of.getMax() >= session.last();
        });
    }

    private Known known(AccountScope scope, String account, String call) {
        Optional<byte[]> found = kept.calls().record(scope, account, call);
        if (found.isPresent()) {
            CallRecord record = Json.call(found.get()).call();
            return new Known(
                    LaneJson.lanes(CallWords.of(record, kept.names()).lanes()),
                    record.sessions().stream().map(Numbers::of).toList(),
                    null);
        }
        LiveView live = kept.live()
                .find(scope, account, call)
                .orElseThrow(() -> ApiException.noCall(kept.calls().supersededBy(scope, account, call)));
        return new Known(
                LaneJson.lanes(LiveWords.of(live.call(), kept.names()).lanes()),
                live.call().sessions().stream().map(Numbers::any).toList(),
                live);
    }

    private static byte[] bytes(@Nullable ObjectNode answer) {
        return String.valueOf(answer).getBytes(StandardCharsets.UTF_8);
    }
}
