package io.callweave.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.simulation.delivery.Delivery;
import io.callweave.testcalls.CallDomain;
import io.callweave.testcalls.ExampleCalls;
import io.callweave.testcalls.PhoneCalls;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

/** The consumer in docs/calls.md works. */
@Domain(CallDomain.class)
@Domain(DomainContext.Global.class)
class CallTableTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 100)
    void shouldHoldTheNewestRecordOfEachKeyInEveryOrder(@ForAll PhoneCalls calls, @ForAll long seed)
            throws JsonProcessingException {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> arriving = Delivery.of(calls.calls())
                .dropped(0.05)
                .shuffled(seed, Duration.ofMinutes(2))
                .lines();
        List<ConsumerRecord<String, String>> emitted = Emissions.of(arriving, 7, random, 20_000);

        assertHoldsTheNewest(emitted, read(Emissions.asRead(emitted, random)));
    }

    @Test
    void shouldFindWhatACallIsPartOf() throws JsonProcessingException {
        List<ConsumerRecord<String, String>> emitted = lateLink(7);

        CallTable table = read(emitted);

        assertThat(emitted).anyMatch(record -> record.value().contains("\"status\":\"superseded\""));
        assertHoldsTheNewest(emitted, table);
        JsonNode call = table.calls().get(0);
        assertThat(table.calls()).hasSize(1);
        assertThat(table.find(call.path("accountId").asText(), "s-late-link-B")).contains(call);
    }

    @Test
    void shouldFindNothingUntilTheOtherRecordIsRead() throws JsonProcessingException {
        List<ConsumerRecord<String, String>> ofSecond = lateLink(7).stream()
                .filter(record -> record.key().endsWith("/s-late-link-B"))
                .toList();

        CallTable table = read(ofSecond);

        assertThat(table.calls()).isEmpty();
        assertThat(table.find(ofSecond.get(0).key().split("/", 2)[0], "s-late-link-B"))
                .isEmpty();
    }

    @Test
    void shouldPreferALaterEpochToAGreaterRevision() throws JsonProcessingException {
        List<ConsumerRecord<String, String>> before = lateLink(7);
        List<ConsumerRecord<String, String>> after = lateLink(8).subList(0, 1);
        List<ConsumerRecord<String, String>> all = new ArrayList<>(after);
        all.addAll(before);

        CallTable table = read(all);

        assertThat(before).anyMatch(record -> record.value().contains("\"revision\":2"));
        assertThat(table.calls()).contains(JSON.readTree(after.get(0).value()));
    }

    private static void assertHoldsTheNewest(List<ConsumerRecord<String, String>> emitted, CallTable table)
            throws JsonProcessingException {
        Map<String, JsonNode> newest = new TreeMap<>();
        for (ConsumerRecord<String, String> record : emitted) {
            newest.put(record.key(), JSON.readTree(record.value()));
        }
        assertThat(table.calls())
                .containsExactlyInAnyOrderElementsOf(newest.values().stream()
                        .filter(call -> !call.path("status").asText().equals("superseded"))
                        .toList());
        newest.forEach((key, call) -> {
            String callId = call.path("callId").asText();
            assertThat(table.find(call.path("accountId").asText(), callId))
                    .hasValueSatisfying(
                            found -> assertThat(found.path("sessions").findValuesAsText("telephonySessionId"))
                                    .contains(callId));
        });
    }

    private static CallTable read(List<ConsumerRecord<String, String>> records) throws JsonProcessingException {
        CallTable table = new CallTable();
        for (ConsumerRecord<String, String> record : records) {
            table.read(record);
        }
        return table;
    }

    private static List<ConsumerRecord<String, String>> lateLink(long epoch) {
        return Emissions.of(
                ExampleCalls.lines().getOrDefault("late-link", List.of()), epoch, new SplittableRandom(1), 20_000);
    }
}
