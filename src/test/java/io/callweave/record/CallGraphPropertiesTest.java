package io.callweave.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.CallRecord;
import io.callweave.call.CallTimes;
import io.callweave.call.Leg;
import io.callweave.call.NumberSeen;
import io.callweave.call.PartyRecord;
import io.callweave.call.PartyRef;
import io.callweave.call.Role;
import io.callweave.call.Segment;
import io.callweave.call.SessionRecord;
import io.callweave.call.Transfer;
import io.callweave.record.CallGraph.Joint;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.Delivery;
import io.callweave.testcalls.Notification;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds for the records of calls that grew over many sessions, whichever end of a cross call tells of it and how. */
class CallGraphPropertiesTest {

    @Provide
    Arbitrary<CallGraph> graphs() {
        return CallGraph.arbitrary();
    }

    // Delivery does not matter, nor does who tells

    @Property(tries = 100)
    void shouldBeTheSameByteForByteHoweverItIsDelivered(@ForAll("graphs") CallGraph graph, @ForAll Random random) {
        List<Notification> sent = graph.notifications();
        List<String> inOrder = Assembled.lines(CallGraph.lines(sent));

        List<String> partitions = Delivery.ofNotifications(sent).splitBySession(3).stream()
                .flatMap(partition -> shuffledWithCopies(CallGraph.lines(partition.notifications()), random).stream())
                .toList();

        assertThat(Assembled.lines(partitions)).isEqualTo(inOrder);
        assertThat(Assembled.lines(shuffledWithCopies(graph.lines(), random))).isEqualTo(inOrder);
    }

    @Property(tries = 100)
    void shouldBeTheSameHoweverItIsDeliveredIfSomeOfItNeverIs(
            @ForAll("graphs") CallGraph graph, @ForAll Random random) {
        List<String> some = graph.lines();
        some.removeIf(line -> random.nextInt(5) == 0);
        List<String> inOrder = Assembled.lines(some);

        assertThat(Assembled.lines(shuffledWithCopies(some, random))).isEqualTo(inOrder);
    }

    @Property(tries = 100)
    void shouldBeTheSessionsThatWereJoinedAndComplete(@ForAll("graphs") CallGraph graph) {
        List<CallRecord> records = Assembled.calls(graph.lines());

        assertThat(records)
                .extracting(CallGraphPropertiesTest::sessionIds)
                .containsExactlyInAnyOrderElementsOf(graph.call().sessionsByCall());
        assertThat(records).extracting(CallRecord::state).containsOnly(CallRecord.State.COMPLETE);
    }

    /** But for the peers as they were sent, and for links and times of transfers, which are those of the end that named first. */
    @Property(tries = 100)
    void shouldTellTheSameWhicheverEndNamesTheOtherAndInWhateverForm(@ForAll("graphs") CallGraph graph) {
        CallGraph inFull = new CallGraph(graph.start(), graph.joints(), 0);

        List<JsonNode> told = withoutNaming(Assembled.trees(graph.lines()));

        assertThat(told).isEqualTo(withoutNaming(Assembled.trees(inFull.lines())));
    }

    // Sums

    @Property(tries = 100)
    void shouldHaveEachSegmentInExactlyOneParty(@ForAll("graphs") CallGraph graph) {
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
    void shouldCountEachEventInOneSession(@ForAll("graphs") CallGraph graph) {
        int events = Assembled.calls(graph.lines()).stream()
                .flatMap(call -> call.sessions().stream())
                .mapToInt(SessionRecord::partyEvents)
                .sum();

        assertThat(events).isEqualTo(graph.notifications().size());
    }

    /** What several do at once counts once, so a call has no more of it than they have together. */
    @Property(tries = 100)
    void shouldHaveNoMoreOfAnythingThanItsPartiesHaveTogetherOrThanItLasts(@ForAll("graphs") CallGraph graph) {
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

    // Numbers, legs and transfers

    @Property(tries = 100)
    void shouldHaveEveryNumberOfItsEventsOnce(@ForAll("graphs") CallGraph graph) {
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

            assertThat(call.numbers()).extracting(CallGraphPropertiesTest::key).doesNotHaveDuplicates();
            assertThat(call.numbers().stream()
                            .collect(Collectors.toMap(CallGraphPropertiesTest::key, NumberSeen::firstSeen)))
                    .isEqualTo(firstSeen);
        });
    }

    @Property(tries = 100)
    void shouldHaveALegForEachPartyThatIsNoBridge(@ForAll("graphs") CallGraph graph) {
        assertThat(Assembled.calls(graph.lines())).allSatisfy(call -> {
            assertThat(call.legs())
                    .extracting(Leg::party)
                    .containsExactlyElementsOf(call.parties().stream()
                            .filter(party -> party.role() != Role.BRIDGE)
                            .map(PartyRecord::ref)
                            .toList());
            assertThat(call.legs()).filteredOn(Leg::master).hasSize(1);
            assertThat(call.legs()).allMatch(leg -> leg.durationMs() >= 0);
        });
    }

    @Property(tries = 100)
    void shouldHaveTheTransfersThatThereWere(@ForAll("graphs") CallGraph graph) {
        Map<Transfer.Kind, Long> found = Assembled.calls(graph.lines()).stream()
                .flatMap(call -> call.transfers().stream())
                .collect(Collectors.groupingBy(CallGraphPropertiesTest::kind, TreeMap::new, Collectors.counting()));

        Map<Transfer.Kind, Long> expected = new TreeMap<>(Map.of(
                Transfer.Kind.BLIND, graph.count(Joint.BLIND_TRANSFER),
                Transfer.Kind.ATTENDED, graph.count(Joint.ATTENDED_TRANSFER),
                Transfer.Kind.PARK, graph.count(Joint.PARK),
                // The host's own call, and one to each of the two who are brought in.
                Transfer.Kind.CONFERENCE, 3 * graph.count(Joint.CONFERENCE)));
        expected.values().removeIf(count -> count == 0);
        assertThat(found).isEqualTo(expected);
    }

    /** A whole session may be lost; then what is named of it is all that there is. */
    @Property(tries = 100)
    void shouldHandOverBetweenPartiesThatItHasOrOfSessionsThatItMisses(
            @ForAll("graphs") CallGraph graph, @ForAll Random random) {
        List<String> sessions = graph.call().telephonySessionIds();
        String lost = sessions.get(random.nextInt(sessions.size()));
        List<Notification> rest = graph.notifications().stream()
                .filter(notification -> !notification.telephonySessionId().equals(lost))
                .toList();

        assertThat(Assembled.calls(CallGraph.lines(rest))).allSatisfy(call -> {
            Set<PartyRef> parties =
                    call.parties().stream().map(PartyRecord::ref).collect(Collectors.toSet());
            assertThat(call.transfers()).allSatisfy(transfer -> {
                assertThat(call.missingSessions().contains(transfer.by().telephonySessionId())
                                || parties.contains(transfer.by()))
                        .isTrue();
                assertThat(Stream.of(transfer.from(), transfer.to()).filter(Objects::nonNull))
                        .isSubsetOf(parties);
            });
        });
    }

    // Helpers

    private static List<String> shuffledWithCopies(List<String> lines, Random random) {
        List<String> all = new ArrayList<>(lines);
        for (String line : lines) {
            if (random.nextInt(3) == 0) {
                all.add(line);
            }
        }
        Collections.shuffle(all, random);
        return all;
    }

    private static Set<String> sessionIds(CallRecord call) {
        return call.sessions().stream().map(SessionRecord::telephonySessionId).collect(Collectors.toSet());
    }

    /** Whether a call was fetched from a park or from a phone is told by the session that is named, so by the end that names it. */
    private static List<JsonNode> withoutNaming(List<JsonNode> records) {
        for (JsonNode call : records) {
            ((ObjectNode) call).remove("links");
            call.path("parties").forEach(party -> ((ObjectNode) party).remove("peer"));
            for (JsonNode transfer : call.path("transfers")) {
                ((ObjectNode) transfer).remove("time");
                parkIsPickup((ObjectNode) transfer, "kind");
            }
            call.path("numbers").forEach(number -> parkIsPickup((ObjectNode) number, "introducedBy"));
        }
        return records;
    }

    private static void parkIsPickup(ObjectNode json, String field) {
        if (json.path(field).asText().equals("park")) {
            json.put(field, "pickup");
        }
    }

    /** As above. */
    private static Transfer.Kind kind(Transfer transfer) {
        return transfer.kind() == Transfer.Kind.PICKUP ? Transfer.Kind.PARK : transfer.kind();
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
