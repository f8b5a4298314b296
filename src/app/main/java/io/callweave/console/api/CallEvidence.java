package io.callweave.console.api;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccountScope;
import io.callweave.call.event.PartyEvent;
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
import io.callweave.value.Timestamps;
import io.callweave.words.CallWords;
import io.callweave.words.LiveWords;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import org.jspecify.annotations.Nullable;

/** What a call was made of: its notifications, and why it came out as it did. */
final class CallEvidence {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final int MOST_NOTIFICATIONS = 2_000;

    /** Each needs some megabytes, also while others go first: {@link Most#FEW}. */
    private static final int AT_ONCE = 3;

    /** One place is left, so that a tenant that asks for much keeps no other waiting. */
    private static final int OF_ONE = 2;

    /** Of one account. A page asks for a few things at the same time. */
    private static final int MOST_WAITING = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Of one account, for what is read one by one: the page asks for three things of a call. */
    private static final int MOST_WAITING_FOR_MANY = 3;

    private static final Duration PATIENCE_FOR_MANY = Duration.ofSeconds(20);

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
    private final Turns turns = turns();
    private final Turns large;

    /** How much is read: with all that is made of it, it needs some ten times its bytes, and a kilobyte for each event. */
    private enum Most {
        FEW(1 << 20, 2_000),
        MANY(8 << 20, 20_000);

        private final int bytes;
        private final int events;

        Most(int bytes, int events) {
            this.bytes = bytes;
            this.events = events;
        }
    }

    /** Makes an answer of what was read. */
    @FunctionalInterface
    private interface Teller {

        byte[] tell(Known known, RawNotifications.Reading reading, Runnable pace);
    }

    /** @param large see {@link #largeTurns} */
    CallEvidence(ServerConfig config, Turns large) {
        this.large = large;
        kept = config.kept();
        notifications = config.notifications();
        state = config.state();
        rules = config.options().rules();
        clock = config.clock();
    }

    static Turns turns() {
        return new Turns(AT_ONCE, OF_ONE, MOST_WAITING, PATIENCE, ApiException::busy);
    }

    /** Of all that is made of large calls: it needs some ten times their bytes. */
    static Turns largeTurns() {
        return Turns.oneByOne(MOST_WAITING_FOR_MANY, PATIENCE_FOR_MANY, ApiException::busy);
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
        return read(
                scope,
                account,
                call,
                hasLeft,
                (known, reading, pace) -> notifications(scope.isOperator(), known, reading, pace));
    }

    /** What {@code explain} says about these notifications. */
    byte[] why(AccountScope scope, String account, String call, BooleanSupplier hasLeft) {
        return read(scope, account, call, hasLeft, (known, reading, pace) -> {
            ObjectNode answer = JsonNodeFactory.instance.objectNode();
            answer.put(
                    "text",
                    reading.notifications().isEmpty() ? missing(reading) + "\n" : why(account, call, reading, pace));
            return answer.put("complete", reading.part() == null)
                    .put("reason", reason(reading))
                    .put("missing", missing(reading))
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
        });
    }

    /** As long as one may read. Of usual calls, others who wait go first; what is more than that is read one by one. */
    private byte[] read(AccountScope scope, String account, String call, BooleanSupplier hasLeft, Teller teller) {
        Optional<byte[]> told = kept.calls().isLarger(scope, account, call, CallPage.LARGE)
                ? Optional.empty()
                : turns.takeInParts(
                        scope.accounts(), hasLeft, look -> read(scope, account, call, Most.FEW, look, teller));
        return told.orElseGet(() -> large.takeInParts(
                scope.accounts(),
                hasLeft,
                look -> read(scope, account, call, Most.MANY, look, teller).orElseThrow()));
    }

    /** Empty if there are more than few. */
    private Optional<byte[]> read(
            AccountScope scope, String account, String call, Most most, Runnable look, Teller teller) {
        return kept.calls().counted(scope, time -> {
            Runnable pace = () -> {
                time.run();
                look.run();
            };
            Known known = known(scope, account, call);
            pace.run();
            RawNotifications.Reading reading = read(account, known, most, pace);
            boolean more = reading.part() == Part.BYTES || reading.part() == Part.EVENTS;
            return more && most == Most.FEW ? Optional.empty() : Optional.of(teller.tell(known, reading, pace));
        });
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

    /** Written one after the other: all as a tree and as a text would need some times their bytes. */
    private byte[] notifications(boolean withOffsets, Known known, RawNotifications.Reading reading, Runnable pace) {
        NotificationReader reader = new NotificationReader(rules.notifications());
        EventReceipts receipts = new EventReceipts();
        SeenLanes seen = new SeenLanes();
        Assembly assembly = new Assembly();
        ByteArrayBuilder written = new ByteArrayBuilder();
        try (JsonGenerator json = JSON.createGenerator(written)) {
            json.writeStartObject();
            json.writeArrayFieldStart("notifications");
            for (RawNotifications.Raw raw : reading.notifications()) {
                pace.run();
                List<PartyEvent> events = reader.read(raw.value()).events();
                boolean late = receipts.add(raw.telephonySessionId(), events);
                if (known.live != null) {
                    seen.add(raw.telephonySessionId(), events, late);
                    events.forEach(assembly::add);
                }
                ObjectNode one = JsonNodeFactory.instance.objectNode();
                if (withOffsets) {
                    // Offsets tell how many notifications others have.
                    one.put("partition", raw.partition()).put("offset", raw.offset());
                }
                one.put("receivedAt", Instant.ofEpochMilli(raw.receivedAt()).toString());
                PartyEvent event = events.isEmpty() ? null : events.get(0);
                one.put("sequence", event == null ? null : event.sequence());
                one.put("eventTime", event == null ? null : Timestamps.iso(event.eventTime()));
                one.put("telephonySessionId", raw.telephonySessionId());
                one.put("late", late);
                one.put("text", raw.text());
                json.writeTree(one);
            }
            json.writeEndArray();
            ObjectNode rest = JsonNodeFactory.instance.objectNode();
            ArrayNode lanes =
                    known.live == null ? receipts.mark(known.lanes) : seen.over(known.live, known.lanes, kept.names());
            rest.set("lanes", reading.notifications().isEmpty() ? null : lanes);
            rest.set("steps", known.live == null ? null : steps(assembly));
            rest.put("complete", reading.part() == null);
            rest.put("reason", reason(reading));
            rest.put("missing", missing(reading));
            for (Map.Entry<String, JsonNode> each : rest.properties()) {
                json.writeFieldName(each.getKey());
                json.writeTree(each.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return written.toByteArray();
    }

    /** What happened so far in a call that goes on: its value has only what each party does now. */
    private @Nullable ArrayNode steps(Assembly assembly) {
        List<CallRecord> calls = assembly.records(rules.rules());
        // Several: notifications that tie their sessions are lost.
        return calls.size() != 1
                ? null
                : LaneJson.steps(
                        CallWords.of(calls.get(0), kept.names()).stepsSoFar(),
                        calls.get(0).times().startTime());
    }

    private static @Nullable String reason(RawNotifications.Reading reading) {
        Part part = reading.part();
        return part == null ? null : part.word();
    }

    private static @Nullable String missing(RawNotifications.Reading reading) {
        Part part = reading.part();
        if (part == null) {
            return null;
        }
        return reading.notifications().isEmpty() ? NONE.getOrDefault(part, part.sentence()) : part.sentence();
    }

    private RawNotifications.Reading read(String account, Known known, Most most, Runnable pace) {
        List<String> ids = known.sessions.stream().map(Numbers::session).toList();
        List<NotificationPlace> places = kept.calls().notifications(account, ids, MOST_NOTIFICATIONS + 1);
        RawNotifications.Reading reading = notifications.read(
                account, places.subList(0, Math.min(places.size(), MOST_NOTIFICATIONS)), most.bytes, pace);
        NotificationReader reader = new NotificationReader(rules.notifications());
        List<RawNotifications.Raw> few = new ArrayList<>();
        Map<String, LongSummaryStatistics> numbers = new HashMap<>();
        int number = 0;
        for (RawNotifications.Raw raw : reading.notifications()) {
            pace.run();
            List<PartyEvent> events = reader.read(raw.value()).events();
            number += events.size();
            if (number > most.events) {
                return new RawNotifications.Reading(few, Part.EVENTS);
            }
            few.add(raw);
            events.forEach(
                    event -> numbers.computeIfAbsent(raw.telephonySessionId(), each -> new LongSummaryStatistics())
                            .accept(event.sequence()));
        }
        Part part = reading.part();
        if (part != Part.BYTES && places.size() > MOST_NOTIFICATIONS) {
            part = Part.NUMBER;
        } else if (part == null && !hasAll(known, numbers)) {
            part = Part.FORGOTTEN;
        }
        boolean filling = part == Part.FORGOTTEN && state.behindMs().get().orElse(0) > BEHIND_MS;
        return new RawNotifications.Reading(few, filling ? Part.FILLING : part);
    }

    /** Places are forgotten and records deleted by their age: then the first numbers of a session, or all, are not there. */
    private static boolean hasAll(Known known, Map<String, LongSummaryStatistics> numbers) {
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
}
