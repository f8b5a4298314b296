package io.callweave.record;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.calllog.Leg;
import io.callweave.call.event.PartyRef;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.SessionRecord;
import io.callweave.call.session.Role;
import io.callweave.call.transfer.Transfer;
import io.callweave.record.CallGraph.Joint;
import io.callweave.simulation.delivery.Delivery;
import io.callweave.simulation.platform.Notification;
import io.callweave.testcalls.Assembled;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** What holds for the records of calls that grew over many sessions, whichever end of a cross call tells of it and how. */
@Domain(CallGraph.Graphs.class)
@Domain(DomainContext.Global.class)
class CallGraphPropertiesTest {

    // Delivery does not matter, nor does who tells

    @Property(tries = 100)
    void shouldBeTheSameByteForByteHoweverItIsDelivered(@ForAll CallGraph graph, @ForAll Random random) {
        List<Notification> sent = graph.notifications();
        List<String> inOrder = Assembled.lines(CallGraph.lines(sent));

        List<String> partitions = Delivery.ofNotifications(sent).splitBySession(3).stream()
                .flatMap(partition -> shuffledWithCopies(CallGraph.lines(partition.notifications()), random).stream())
                .toList();

        assertThat(Assembled.lines(partitions)).isEqualTo(inOrder);
        assertThat(Assembled.lines(shuffledWithCopies(graph.lines(), random))).isEqualTo(inOrder);
    }

    @Property(tries = 100)
    void shouldBeTheSameHoweverItIsDeliveredIfSomeOfItNeverIs(@ForAll CallGraph graph, @ForAll Random random) {
        List<String> some = graph.lines();
        some.removeIf(line -> random.nextInt(5) == 0);
        List<String> inOrder = Assembled.lines(some);

        assertThat(Assembled.lines(shuffledWithCopies(some, random))).isEqualTo(inOrder);
    }

    @Property(tries = 100)
    void shouldBeTheSessionsThatWereJoinedAndComplete(@ForAll CallGraph graph) {
        List<CallRecord> records = Assembled.calls(graph.lines());

        assertThat(records)
                .extracting(CallGraphPropertiesTest::sessionIds)
                .containsExactlyInAnyOrderElementsOf(graph.call().sessionsByCall());
        assertThat(records).extracting(CallRecord::state).containsOnly(CallRecord.State.COMPLETE);
    }

    /** But for the peers as they were sent, and for links and times of transfers, which are those of the end that named first. */
    @Property(tries = 100)
    void shouldTellTheSameWhicheverEndNamesTheOtherAndInWhateverForm(@ForAll CallGraph graph) {
        CallGraph inFull = new CallGraph(graph.start(), graph.joints(), 0);

        List<JsonNode> told = withoutNaming(Assembled.trees(graph.lines()));

        assertThat(told).isEqualTo(withoutNaming(Assembled.trees(inFull.lines())));
    }

    // Legs and transfers

    @Property(tries = 100)
    void shouldHaveALegForEachPartyThatIsNoBridge(@ForAll CallGraph graph) {
        assertThat(Assembled.calls(graph.lines())).allSatisfy(call -> {
            assertThat(call.graph().legs())
                    .extracting(Leg::party)
                    .containsExactlyElementsOf(call.parties().stream()
                            .filter(party -> party.role() != Role.BRIDGE)
                            .map(PartyRecord::ref)
                            .toList());
            assertThat(call.graph().legs()).filteredOn(Leg::master).hasSize(1);
            assertThat(call.graph().legs()).allMatch(leg -> leg.durationMs() >= 0);
        });
    }

    @Property(tries = 100)
    void shouldHaveTheTransfersThatThereWere(@ForAll CallGraph graph) {
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
    void shouldHandOverBetweenPartiesThatItHasOrOfSessionsThatItMisses(@ForAll CallGraph graph, @ForAll Random random) {
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

    /** Only the session that is named shows whether a call was fetched from a park or from a phone. */
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
}
