package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.PartyEvent;
import io.callweave.call.SessionKey;
import io.callweave.notification.PartyEvents;
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

/** What holds of {@code party-events} whatever comes in whatever order, however often, with whatever gaps and restarts. */
class EventOrderPropertiesTest {

    private static final long START = 1_000_000;
    private static final long GRACE = Timing.DEFAULT.gapGrace();

    private KeyValueStore<Bytes, byte[]> store;
    private KeyValueStore<Bytes, byte[]> due;

    @BeforeTry
    void open() {
        store = TestStores.inMemory(StoreNames.EVENT_ORDERS);
        due = TestStores.inMemory(StoreNames.ORDER_DUE);
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

        List<OrderDesk.Released> out = new ArrayList<>();
        OrderDesk desk = desk(gapsCount);
        long now = START;
        for (PartyEvent event : arriving) {
            now += random.nextInt(3) == 0 ? random.nextInt((int) GRACE * 2) : 0;
            out.addAll(desk.workOffDue(now));
            out.addAll(desk.accept(event, now).released());
            if (random.nextInt(5) == 0) {
                desk = desk(gapsCount);
            }
        }
        out.addAll(desk.workOffDue(now + GRACE));

        assertEachOnce(arriving, out);
        assertLateExactlyIfAHigherOneWasOut(out);
        assertThat(TestStores.count(store, StoreKeys.Kind.HELD)).isZero();
    }

    @Property(tries = 200)
    void shouldNeverHoldWhatComesInOrder(
            @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 3) Integer> partiesOfEach) {
        OrderDesk desk = desk(true);
        long sequence = 2;
        for (int parties : partiesOfEach) {
            for (int party = 0; party < parties; party++) {
                PartyEvent event = event(new SessionKey("1", "s-a"), sequence, "p-" + party, "Setup");

                List<OrderDesk.Released> released = desk.accept(event, START).released();

                assertThat(released).singleElement().satisfies(out -> {
                    assertThat(place(tree(out))).isEqualTo(place(event));
                    assertThat(tree(out).path("late").asBoolean()).isFalse();
                });
            }
            sequence++;
        }
    }

    private OrderDesk desk(boolean gapsCount) {
        return new OrderDesk(new EventOrders(store), new DueQueue(due), Timing.DEFAULT, gapsCount, Limits.DEFAULT);
    }

    private static void assertEachOnce(List<PartyEvent> arrived, List<OrderDesk.Released> out) {
        Set<String> expected = new HashSet<>();
        arrived.forEach(event -> expected.add(place(event)));
        List<String> given = out.stream().map(released -> place(tree(released))).toList();
        assertThat(given).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(expected);
    }

    private static void assertLateExactlyIfAHigherOneWasOut(List<OrderDesk.Released> out) {
        for (int i = 0; i < out.size(); i++) {
            ObjectNode event = tree(out.get(i));
            boolean higherBefore = out.subList(0, i).stream()
                    .map(EventOrderPropertiesTest::tree)
                    .anyMatch(before -> before.path("telephonySessionId").equals(event.path("telephonySessionId"))
                            && before.path("sequence").asLong()
                                    > event.path("sequence").asLong());
            assertThat(event.path("late").asBoolean()).as(place(event)).isEqualTo(higherBefore);
        }
    }

    private static ObjectNode tree(OrderDesk.Released released) {
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
        return PartyEvents.fromBody(
                session,
                sequence,
                "{\"eventTime\":\"2026-03-02T09:00:00Z\",\"origin\":{\"type\":\"Call\"},\"party\":{\"id\":\"" + party
                        + "\",\"status\":{\"code\":\"" + status + "\"}},\"sessionId\":\"1\"}");
    }
}
