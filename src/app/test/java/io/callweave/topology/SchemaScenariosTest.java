package io.callweave.topology;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.CallLimits;
import io.callweave.schema.StrictSchemas;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.testcalls.ExpectedCalls;
import io.callweave.topics.Headers;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.calls.FailingFoldTest;
import io.callweave.topology.ordering.AnyOrderPropertiesTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * That the scenarios in which {@link TopologyKit} holds everything against the schemas show all that the schemas speak of.
 * (A call that cannot be folded is in {@link FailingFoldTest}, chaos in {@link AnyOrderPropertiesTest}.)
 */
class SchemaScenariosTest {

    private static final String CUSTOMER = "+15550100002";
    private static final PhoneCall TRANSFER =
            call().inbound(CUSTOMER).answeredBy("104").attendedTransferTo("106").hangUp();

    @ParameterizedTest
    @ValueSource(strings = {"clean", "shuffled", "dropped", "accounts", "kinds", "queues", "conflicts"})
    void shouldDescribeTheAcceptanceSamples(String name) {
        List<String> lines = ExpectedCalls.lines("acceptance/" + name + ".ndjson");
        try (TopologyKit kit = new TopologyKit()) {
            lines.forEach(line -> kit.receive(line.getBytes(UTF_8)));
            kit.passUntilNothingWaits();

            assertThat(kit.emitted()).isNotEmpty();
            assertThat(kit.liveCalls()).anyMatch(TopologyKit.Sent::isTombstone).anyMatch(sent -> !sent.isTombstone());
            assertThat(kit.partyEvents()).isNotEmpty();
            assertThat(kit.partyRows()).isNotEmpty();
            assertThat(texts(kit.windowMetrics(), "window")).containsExactly("P1D", "PT15M", "PT1H", "PT1M");
        }
        assertThat(lines).allSatisfy(line -> StrictSchemas.assertAccepted("notifications", line));
    }

    @Test
    void shouldDescribeEveryStatusAndReason() {
        Set<String> seen = new TreeSet<>();
        try (TopologyKit kit = new TopologyKit()) {
            List<Notification> all = TRANSFER.notifications();
            kit.receive(all.get(0)).passUntilNothingWaits();
            see(kit, seen);
            kit.receive(all.subList(2, all.size())).passUntilNothingWaits();
            see(kit, seen);
            kit.receive(all.get(1)).passUntilNothingWaits();
            see(kit, seen);
        }
        try (TopologyKit kit = new TopologyKit()) {
            oneSessionAtATime(kit);
            see(kit, seen);
        }
        try (TopologyKit kit = new TopologyKit(CallOptions.DEFAULT.with(new CallLimits(3, 100, 5_000, 1 << 20)))) {
            kit.receive(TRANSFER).passUntilNothingWaits();
            see(kit, seen);
        }
        try (TopologyKit kit = new TopologyKit(CallOptions.DEFAULT.with(new CallLimits(2_000, 100, 5_000, 500)))) {
            kit.receive(TRANSFER).passUntilNothingWaits();
            see(kit, seen);
        }

        assertThat(seen)
                .contains(
                        "live",
                        "complete",
                        "partial",
                        "superseded",
                        "capped",
                        "missingSession",
                        "noFinalStatus",
                        "sequenceGap");
    }

    @Test
    void shouldDescribeLateEventsAndDeadLetters() {
        try (TopologyKit kit = new TopologyKit()) {
            List<Notification> all = TRANSFER.notifications();
            kit.receive("{".getBytes(UTF_8)).receive("[]".getBytes(UTF_8));
            kit.receive(all.subList(1, all.size())).pass(Duration.ofMinutes(1)).receive(all.get(0));

            assertThat(kit.partyEvents())
                    .anyMatch(sent -> sent.tree().path("late").asBoolean());
            assertThat(kit.deadLetters())
                    .extracting(letter -> letter.headers().get(Headers.REASON))
                    .containsExactly("notJson", "notAnObject");
        }
    }

    /** The sessions of a transfer come one after the other, the later one first: so the first record is superseded. */
    private static void oneSessionAtATime(TopologyKit kit) {
        List<String> sessions = new ArrayList<>(TRANSFER.telephonySessionIds());
        for (int i = sessions.size() - 1; i >= 0; i--) {
            String session = sessions.get(i);
            kit.receive(TRANSFER.notifications().stream()
                            .filter(notification ->
                                    notification.telephonySessionId().equals(session))
                            .toList())
                    .passUntilNothingWaits();
        }
    }

    private static void see(TopologyKit kit, Set<String> seen) {
        List<JsonNode> records = new ArrayList<>();
        kit.emitted().forEach(emission -> records.add(emission.tree()));
        kit.liveCalls().stream().filter(sent -> !sent.isTombstone()).forEach(sent -> records.add(sent.tree()));
        records.forEach(call -> {
            seen.add(call.path("status").asText());
            call.path("incomplete").forEach(reason -> seen.add(reason.asText()));
        });
    }

    private static Set<String> texts(List<TopologyKit.Sent> all, String field) {
        Set<String> texts = new TreeSet<>();
        all.stream().filter(sent -> !sent.isTombstone()).forEach(sent -> texts.add(sent.text(field)));
        return texts;
    }
}
