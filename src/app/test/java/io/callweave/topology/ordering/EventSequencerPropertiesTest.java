package io.callweave.topology.ordering;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.CallRules;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.notification.NotificationReader;
import io.callweave.topology.AccountStage;
import io.callweave.topology.StoreNames;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.directory.Directory;
import io.callweave.topology.message.StageOutput;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.state.StoreKeys;
import io.callweave.topology.state.TestStores;
import io.callweave.topology.time.StepLimits;
import io.callweave.topology.windows.WindowAggregator;
import io.callweave.topology.windows.WindowOptions;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.BeforeTry;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/** What is true of {@code party-events} with every input: in any order, with duplicates, gaps and restarts. */
class EventSequencerPropertiesTest {

    private static final long START = 1_000_000;
    private static final long GRACE = CallOptions.DEFAULT.gapGrace().toMillis();

    private KeyValueStore<Bytes, byte[]> store;
    private KeyValueStore<Bytes, byte[]> due;

    @BeforeTry
    void open() {
        store = TestStores.inMemory(StoreNames.CALLS);
        due = TestStores.inMemory(StoreNames.CALL_DUE);
    }

    @Property(tries = 500)
    void shouldGiveOutEachEventOnceAndCallItLateExactlyIfAHigherOneWasOut(
            @ForAll @Size(min = 1, max = 30) List<@IntRange(max = 40) Integer> sequences,
            @ForAll @IntRange(min = 1, max = 3) int sessions,
            @ForAll boolean gapsCount,
            @ForAll Random random) {
        List<PartyEvent> arriving = new ArrayList<>();
        for (int sequence : sequences) {
            SessionKey session = new SessionKey("1", "s-" + random.nextInt(sessions));
            PartyEvent event = event(session, sequence, "p-" + random.nextInt(3), "Setup");
            arriving.add(event);
            if (random.nextBoolean()) {
                arriving.add(event);
            }
            if (random.nextInt(4) == 0) {
                arriving.add(event(session, sequence, event.partyId(), "Answered"));
            }
        }
        Collections.shuffle(arriving, random);

        List<StageOutput.OrderedEvent> out = new ArrayList<>();
        AccountStage stage = stage(gapsCount);
        long now = START;
        for (PartyEvent event : arriving) {
            now += random.nextInt(3) == 0 ? random.nextInt((int) GRACE * 2) : 0;
            out.addAll(ordered(sourceTime(stage, now)));
            out.addAll(accept(stage, event, now));
            stage.flush();
            if (random.nextInt(5) == 0) {
                stage = stage(gapsCount);
            }
        }
        out.addAll(ordered(sourceTime(stage, now + GRACE)));
        stage.flush();

        assertEachOnce(arriving, out);
        assertLateExactlyIfAHigherOneWasOut(out);
        assertThat(TestStores.count(store, StoreKeys.Kind.HOLDING)).isZero();
    }

    @Property(tries = 200)
    void shouldNeverHoldWhatComesInOrder(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 3) Integer> partiesOfEach) {
        AccountStage stage = stage(true);
        long sequence = 2;
        for (int parties : partiesOfEach) {
            for (int party = 0; party < parties; party++) {
                PartyEvent event = event(new SessionKey("1", "s-a"), sequence, "p-" + party, "Setup");

                List<StageOutput.OrderedEvent> released = accept(stage, event, START);

                assertThat(released).singleElement().satisfies(out -> {
                    assertThat(place(tree(out))).isEqualTo(place(event));
                    assertThat(tree(out).path("late").asBoolean()).isFalse();
                });
            }
            sequence++;
        }
    }

    private AccountStage stage(boolean gapsCount) {
        return new AccountStage(
                store,
                due,
                new WindowAggregator(
                        TestStores.inMemory(StoreNames.WINDOWS),
                        Directory.NONE,
                        WindowOptions.NONE,
                        TopologyMetrics.unexported(),
                        Long.MIN_VALUE,
                        0),
                Directory.NONE,
                CallOptions.DEFAULT.with(new CallRules(gapsCount)),
                0);
    }

    private static List<StageOutput.OrderedEvent> accept(AccountStage stage, PartyEvent event, long now) {
        return ordered(stage.accept(List.of(event), 0, now, now, now, now).out());
    }

    private static List<StageOutput.OrderedEvent> ordered(List<StageOutput> out) {
        return out.stream()
                .filter(StageOutput.OrderedEvent.class::isInstance)
                .map(StageOutput.OrderedEvent.class::cast)
                .toList();
    }

    private static void assertEachOnce(List<PartyEvent> arrived, List<StageOutput.OrderedEvent> out) {
        Set<String> expected = new HashSet<>();
        arrived.forEach(event -> expected.add(place(event)));
        List<String> given = out.stream().map(released -> place(tree(released))).toList();
        assertThat(given).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void assertLateExactlyIfAHigherOneWasOut(List<StageOutput.OrderedEvent> out) {
        for (int i = 0; i < out.size(); i++) {
            ObjectNode event = tree(out.get(i));
            boolean higherBefore = out.subList(0, i).stream()
                    .map(EventSequencerPropertiesTest::tree)
                    .anyMatch(before -> before.path("telephonySessionId").equals(event.path("telephonySessionId"))
                            && before.path("sequence").asLong()
                                    > event.path("sequence").asLong());
            assertThat(event.path("late").asBoolean()).as(place(event)).isEqualTo(higherBefore);
        }
    }

    private static ObjectNode tree(StageOutput.OrderedEvent released) {
        return TopologyKit.tree(new String(released.json(), UTF_8));
    }

    private static String place(ObjectNode event) {
        return event.path("telephonySessionId").asText() + " "
                + event.path("sequence").asText() + " " + event.path("partyId").asText();
    }

    private static String place(PartyEvent event) {
        return event.session().telephonySessionId() + " " + event.sequence() + " " + event.partyId();
    }

    private static PartyEvent event(SessionKey session, long sequence, String party, String status) {
        String json = "{\"body\":{\"sequence\":" + sequence + ",\"telephonySessionId\":\""
                + session.telephonySessionId() + "\",\"eventTime\":\"2026-03-02T09:00:00Z\",\"parties\":[{\"id\":\""
                + party + "\",\"accountId\":\"1\",\"status\":{\"code\":\"" + status + "\"}}]}}";
        return new NotificationReader().read(json.getBytes(UTF_8)).events().get(0);
    }

    private static List<StageOutput> sourceTime(AccountStage stage, long time) {
        List<StageOutput> out = new ArrayList<>();
        while (stage.sourceTime(0, time, StepLimits.DEFAULT.timeless().begin(), out)) {
            // In portions.
        }
        return out;
    }
}
