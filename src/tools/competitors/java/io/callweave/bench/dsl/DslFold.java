package io.callweave.bench.dsl;

import io.callweave.bench.dsl.DslCall.PartyOfCall;
import io.callweave.bench.dsl.DslCall.StatusOfParty;
import io.callweave.bench.dsl.DslNotification.Party;
import io.callweave.bench.dsl.DslSession.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes the record of a session from its events. */
public final class DslFold {

    private final Map<String, PartyFold> parties = new LinkedHashMap<>();
    private @Nullable String start;
    private @Nullable String end;
    private @Nullable String answer;

    private DslFold() {}

    /** The record of a session with at least one event. */
    public static DslCall of(DslSession session) {
        DslFold fold = new DslFold();
        session.events().values().forEach(fold::add);
        return fold.call(session);
    }

    private void add(Event event) {
        String time = event.eventTime();
        start = start == null || millis(time) < millis(start) ? time : start;
        end = end == null || millis(time) > millis(end) ? time : end;
        if (answer == null
                && event.party().status().code().equals("Answered")
                && "Inbound".equals(event.party().direction())) {
            answer = time;
        }
        parties.computeIfAbsent(event.party().id(), id -> new PartyFold(time)).add(event);
    }

    private DslCall call(DslSession session) {
        List<PartyOfCall> folded =
                parties.values().stream().map(PartyFold::party).toList();
        PartyOfCall first = folded.get(0);
        String from = Objects.requireNonNull(start);
        String to = Objects.requireNonNull(end);
        return new DslCall(
                session.id(),
                session.accountId(),
                from,
                to,
                answer,
                answer == null ? "Missed" : "Accepted",
                first.direction(),
                millis(to) - millis(from),
                folded.stream().mapToLong(PartyOfCall::ringMs).max().orElse(0),
                folded.stream().mapToLong(PartyOfCall::talkMs).max().orElse(0),
                folded.stream().mapToLong(PartyOfCall::holdMs).sum(),
                first.from(),
                first.to(),
                folded);
    }

    private static long millis(String time) {
        return Instant.parse(time).toEpochMilli();
    }

    /** Folds one party, event by event. */
    private static final class PartyFold {

        private final String start;
        private final List<StatusOfParty> segments = new ArrayList<>();
        private final Map<String, Long> millisByStatus = new HashMap<>();
        private @Nullable Party last;
        private @Nullable String answer;
        private @Nullable String end;
        private @Nullable String endReason;

        PartyFold(String start) {
            this.start = start;
        }

        void add(Event event) {
            Party party = event.party();
            last = party;
            String status = party.status().code();
            if (status.equals("Answered") && answer == null) {
                answer = event.eventTime();
            }
            if (status.equals("Disconnected") || status.equals("Gone")) {
                end = event.eventTime();
                endReason = party.status().reason();
            }
            if (segments.isEmpty() || !lastSegment().status().equals(status)) {
                endLastSegment(event.eventTime());
                segments.add(new StatusOfParty(status, party.status().reason(), event.eventTime(), 0));
            }
        }

        private StatusOfParty lastSegment() {
            return segments.get(segments.size() - 1);
        }

        private void endLastSegment(String time) {
            if (!segments.isEmpty()) {
                StatusOfParty open = lastSegment();
                long lasted = Math.max(0, millis(time) - millis(open.startTime()));
                segments.set(
                        segments.size() - 1, new StatusOfParty(open.status(), open.reason(), open.startTime(), lasted));
                millisByStatus.merge(open.status(), lasted, Long::sum);
            }
        }

        PartyOfCall party() {
            Party party = Objects.requireNonNull(last);
            return new PartyOfCall(
                    party.id(),
                    party.direction(),
                    party.extensionId(),
                    party.from(),
                    party.to(),
                    start,
                    answer,
                    end,
                    endReason,
                    millisByStatus.getOrDefault("Proceeding", 0L),
                    millisByStatus.getOrDefault("Answered", 0L),
                    millisByStatus.getOrDefault("Hold", 0L),
                    List.copyOf(segments));
        }
    }
}
