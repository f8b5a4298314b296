package io.callweave.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.CallTimes;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.SessionRecord;
import io.callweave.call.session.Role;
import io.callweave.call.session.Segment;
import io.callweave.call.transfer.NumberSeen;
import io.callweave.simulation.platform.Notification;
import io.callweave.testcalls.Assembled;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** What the records of calls that grew over many sessions count: each thing once, and nothing beyond the call. */
@Domain(CallGraph.Graphs.class)
class CallGraphFiguresTest {

    @Property(tries = 100)
    void shouldHaveEachSegmentInExactlyOneParty(@ForAll CallGraph graph) {
        Map<String, List<String>> sent = new TreeMap<>();
        for (Notification notification : graph.notifications()) {
            List<String> statuses =
                    sent.computeIfAbsent(notification.party().path("id").asText(), id -> new ArrayList<>());
            String status = notification.party().at("/status/code").asText();
            if (statuses.isEmpty() || !statuses.get(statuses.size() - 1).equals(status)) {
                statuses.add(status);
            }
        }

        Map<String, List<String>> found = new TreeMap<>();
        for (CallRecord call : Assembled.calls(graph.lines())) {
            for (PartyRecord party : call.parties()) {
                List<String> statuses =
                        party.segments().stream().map(Segment::status).toList();
                assertThat(found.put(String.valueOf(party.ref().partyId()), statuses))
                        .isNull();
                assertThat(party.segments().stream()
                                .mapToLong(Segment::durationMs)
                                .sum())
                        .isEqualTo(lastTime(party) - party.startTime());
            }
        }

        assertThat(found).isEqualTo(sent);
    }

    @Property(tries = 100)
    void shouldCountEachEventInOneSession(@ForAll CallGraph graph) {
        int events = Assembled.calls(graph.lines()).stream()
                .flatMap(call -> call.sessions().stream())
                .mapToInt(SessionRecord::partyEvents)
                .sum();

        assertThat(events).isEqualTo(graph.notifications().size());
    }

    /** What several do at once counts once, so a call has no more of it than they have together. */
    @Property(tries = 100)
    void shouldHaveNoMoreOfAnythingThanItsPartiesHaveTogetherOrThanItLasts(@ForAll CallGraph graph) {
        assertThat(Assembled.calls(graph.lines())).allSatisfy(call -> {
            CallTimes times = call.times();
            List<PartyRecord> parties = call.parties().stream()
                    .filter(party -> party.role() != Role.SUPERVISOR)
                    .toList();
            assertThat(times.holdMs())
                    .isBetween(
                            most(parties.stream().map(PartyRecord::holdMs)),
                            sum(parties.stream().map(PartyRecord::holdMs)));
            assertThat(times.parkMs())
                    .isBetween(
                            most(parties.stream().map(PartyRecord::parkMs)),
                            sum(parties.stream().map(PartyRecord::parkMs)));
            assertThat(times.talkMs()).isBetween(0L, sum(parties.stream().map(PartyRecord::talkMs)));
            assertThat(times.ringMs() == null ? 0 : times.ringMs())
                    .isBetween(0L, sum(parties.stream().map(PartyRecord::ringMs)));
            assertThat(Stream.of(
                            times.ringMs(), times.talkMs(), times.holdMs(), times.parkMs(), times.timeToAnswerMs()))
                    .filteredOn(Objects::nonNull)
                    .allMatch(value -> value >= 0 && value <= times.durationMs());
            assertThat(parties)
                    .allSatisfy(party -> assertThat(Stream.of(
                                    party.setupMs(), party.ringMs(), party.talkMs(), party.holdMs(), party.parkMs()))
                            .filteredOn(Objects::nonNull)
                            .allMatch(value -> value >= 0 && value <= times.durationMs()));
        });
    }

    @Property(tries = 100)
    void shouldHaveEveryNumberOfItsEventsOnce(@ForAll CallGraph graph) {
        List<Notification> sent = graph.notifications();

        assertThat(Assembled.calls(CallGraph.lines(sent))).allSatisfy(call -> {
            Map<String, Long> firstSeen = new TreeMap<>();
            for (Notification notification : sent) {
                if (sessionIds(call).contains(notification.telephonySessionId())) {
                    long time = notification.eventTime().toEpochMilli();
                    for (String end : List.of("from", "to")) {
                        keys(notification.party().path(end)).forEach(key -> firstSeen.merge(key, time, Math::min));
                    }
                }
            }

            assertThat(call.graph().numbers())
                    .extracting(CallGraphFiguresTest::key)
                    .doesNotHaveDuplicates();
            assertThat(call.graph().numbers().stream()
                            .collect(Collectors.toMap(CallGraphFiguresTest::key, NumberSeen::firstSeen)))
                    .isEqualTo(firstSeen);
        });
    }

    private static Set<String> sessionIds(CallRecord call) {
        return call.sessions().stream().map(SessionRecord::telephonySessionId).collect(Collectors.toSet());
    }

    private static long lastTime(PartyRecord party) {
        return party.segments().get(party.segments().size() - 1).endTime();
    }

    private static long most(Stream<Long> values) {
        return values.mapToLong(Long::longValue).max().orElse(0);
    }

    private static long sum(Stream<Long> values) {
        return values.filter(Objects::nonNull).mapToLong(Long::longValue).sum();
    }

    private static Set<String> keys(JsonNode address) {
        Set<String> keys = new HashSet<>();
        if (address.has("phoneNumber")) {
            keys.add("number " + address.path("phoneNumber").asText());
        } else if (address.has("extensionId")) {
            keys.add("extension " + address.path("extensionId").asText());
        }
        return keys;
    }

    private static String key(NumberSeen number) {
        return number.phoneNumber() != null ? "number " + number.phoneNumber() : "extension " + number.extensionId();
    }
}
