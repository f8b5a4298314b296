package io.callweave.topology.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.directory.DirectoryEntry;
import io.callweave.notification.NotificationReader;
import io.callweave.simulation.platform.Notification;
import io.callweave.testcalls.CallDomain;
import io.callweave.testcalls.Chaos;
import io.callweave.testcalls.PhoneCalls;
import io.callweave.topology.TopologyKit;
import io.callweave.topology.calls.AssembledCalls;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.directory.TestDirectory;
import io.callweave.topology.windows.ExpectedWindows;
import io.callweave.topology.windows.WindowOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/**
 * The last records of {@code calls} are what the core makes of the same notifications: in any order, with any duplicates, and with
 * any waits that end in between. On the way no session is counted twice. In the end no call is live, each party has the row of
 * the call that it is in, and each party event went out once.
 */
@Domain(CallDomain.class)
@Domain(DomainContext.Global.class)
public class AnyOrderPropertiesTest {

    /** From nothing up to longer than each wait. */
    private static final List<Duration> PAUSES = List.of(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ofMillis(300),
            Duration.ofSeconds(6),
            Duration.ofSeconds(31),
            Duration.ofSeconds(61),
            Duration.ofHours(4).plusSeconds(1));

    /** Below the late window, within which facts still count. */
    private static final Duration LONGEST = Duration.ofHours(20);

    @Property(tries = 60)
    void shouldComeToTheRecordsOfTheCoreWhateverComes(@ForAll Chaos chaos, @ForAll Random random) {
        check(chaos.notifications(), random);
    }

    @Property(tries = 20)
    void shouldComeToTheRecordsOfTheCoreForBelievableCalls(@ForAll PhoneCalls calls, @ForAll Random random) {
        check(
                calls.calls().stream()
                        .flatMap(call -> call.notifications().stream())
                        .toList(),
                random);
    }

    @Property(tries = 20)
    void shouldComeToTheRecordsOfTheCoreIfSomeNeverCome(
            @ForAll PhoneCalls calls, @ForAll Random random, @ForAll @IntRange(min = 1, max = 30) int percent) {
        check(
                calls.calls().stream()
                        .flatMap(call -> call.notifications().stream())
                        .filter(notification -> random.nextInt(100) >= percent)
                        .toList(),
                random);
    }

    /** Few of the reasons in chaos part or join calls; here it is every second one of those that name a peer. */
    @Property(tries = 60)
    void shouldComeToTheRecordsOfTheCoreWhereSupervisionsPartCalls(@ForAll Chaos chaos, @ForAll Random random) {
        check(
                chaos.notifications().stream()
                        .map(notification -> supervised(notification, random))
                        .toList(),
                random);
    }

    private static Notification supervised(Notification notification, Random random) {
        if (!notification.party().path("status").has("peerId") || random.nextBoolean()) {
            return notification;
        }
        String reason = random.nextInt(5) == 0 ? "TakeOver" : "Supervising";
        return TopologyKit.edited(
                notification, tree -> ((ObjectNode) TopologyKit.party(tree).path("status")).put("reason", reason));
    }

    private static void check(List<Notification> notifications, Random random) {
        try (TopologyKit kit = new TopologyKit(TopologyKit.ALL_WINDOWS)) {
            List<DirectoryEntry> directory = random.nextBoolean()
                    ? List.of()
                    : TestDirectory.of(
                            notifications.stream().map(Notification::bytes).toList());
            directory.forEach(kit::directory);
            Duration passed = Duration.ZERO;
            for (Notification notification : inAnyOrder(notifications, random)) {
                kit.receive(notification);
                Duration pause = PAUSES.get(random.nextInt(PAUSES.size()));
                if (!pause.isZero() && passed.plus(pause).compareTo(LONGEST) < 0) {
                    passed = passed.plus(pause);
                    kit.pass(pause);
                }
                assertThat(kit.fold().sessionsCountedTwice()).isEmpty();
            }
            kit.passUntilNothingWaits().pass(WindowOptions.DEFAULT.emitInterval());

            assertThat(kit.fold().records()).isEqualTo(AssembledCalls.of(notifications));
            assertThat(kit.fold().sessionsCountedTwice()).isEmpty();
            assertThat(kit.deadLetters()).isEmpty();
            assertLiveCallsEnd(kit);
            assertARowForEachParty(kit);
            assertTheWindowsOfTheRecords(kit, notifications, directory);
            assertEachPartyEventOnce(kit, notifications);
        }
    }

    /** No call goes out more often than once per interval, and at the end the last value of each key is a tombstone. */
    private static void assertLiveCallsEnd(TopologyKit kit) {
        Map<String, Instant> live = new TreeMap<>();
        for (TopologyKit.Sent sent : kit.liveCalls()) {
            if (sent.isTombstone()) {
                assertThat(live.remove(sent.key()))
                        .as("a tombstone has a call before it")
                        .isNotNull();
                continue;
            }
            Instant before = live.put(sent.key(), sent.timestamp());
            if (before != null) {
                assertThat(Duration.between(before, sent.timestamp()))
                        .isGreaterThanOrEqualTo(CallOptions.DEFAULT.liveInterval());
            }
        }
        assertThat(live).isEmpty();
        assertThat(kit.sessions())
                .allSatisfy(session -> assertThat(session.state().liveIn()).isNull());
    }

    /** The last row of each party is that of the call it is in now, and of its last revision. */
    private static void assertARowForEachParty(TopologyKit kit) {
        Map<String, String> rows = new TreeMap<>();
        kit.partyRows().forEach(row -> rows.put(row.key(), row.text("callId") + " " + row.text("revision")));
        Map<String, String> parties = new TreeMap<>();
        kit.fold()
                .records()
                .forEach((key, json) -> TopologyKit.tree(json)
                        .path("parties")
                        .forEach(party -> parties.put(
                                key.substring(0, key.indexOf('/') + 1)
                                        + party.path("telephonySessionId").asText() + "/"
                                        + party.path("partyId").asText(),
                                key.substring(key.indexOf('/') + 1) + " "
                                        + kit.fold().revisions().get(key))));
        assertThat(rows).isEqualTo(parties);
    }

    /** And none is given out more often than once per interval. */
    private static void assertTheWindowsOfTheRecords(
            TopologyKit kit, List<Notification> notifications, List<DirectoryEntry> directory) {
        Map<String, String> held = new TreeMap<>();
        Map<String, Instant> last = new TreeMap<>();
        for (TopologyKit.Sent sent : kit.windowMetrics()) {
            if (sent.isTombstone()) {
                held.remove(sent.key());
            } else {
                held.put(sent.key(), sent.json());
            }
            Instant before = last.put(sent.key(), sent.timestamp());
            if (before != null) {
                assertThat(Duration.between(before, sent.timestamp()))
                        .isGreaterThanOrEqualTo(WindowOptions.DEFAULT.emitInterval());
            }
        }
        ExpectedWindows.assertTheDigests(held, kit.everyCall());
        ExpectedWindows.assertThatAreThese(
                held,
                kit.fold().records().values(),
                notifications.stream().map(Notification::bytes).toList(),
                directory,
                true);
    }

    private static void assertEachPartyEventOnce(TopologyKit kit, List<Notification> notifications) {
        NotificationReader reader = new NotificationReader();
        Set<String> distinct = new TreeSet<>();
        notifications.forEach(notification -> reader.read(notification.bytes())
                .events()
                .forEach(event -> distinct.add(event.session() + " " + event.place())));
        List<String> given = kit.partyEvents().stream()
                .map(TopologyKit.Sent::tree)
                .map(event -> new SessionKey(
                                event.path("accountId").asText(),
                                event.path("telephonySessionId").asText())
                        + " "
                        + new PartyEvent.Place(
                                event.path("sequence").asLong(),
                                event.path("partyId").asText()))
                .toList();
        assertThat(given).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(distinct);
    }

    /** Some come twice. */
    private static List<Notification> inAnyOrder(List<Notification> notifications, Random random) {
        List<Notification> all = new ArrayList<>();
        for (Notification notification : notifications) {
            all.add(notification);
            if (random.nextInt(4) == 0) {
                all.add(notification);
            }
        }
        Collections.shuffle(all, random);
        return all;
    }
}
