package io.callweave.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.settings.value.PartitionBy;
import io.callweave.simulation.platform.Notification;
import io.callweave.testcalls.CallDomain;
import io.callweave.testcalls.Chaos;
import io.callweave.testcalls.PhoneCalls;
import io.callweave.topics.HomePartition;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.AssembledCalls;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.message.RepartitionMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;

/** Whatever chooses the partition of a notification, the same comes out. */
@Domain(CallDomain.class)
@Domain(DomainContext.Global.class)
class HomePartitionPropertiesTest {

    private static final int PARTITIONS = 5;
    private static final List<Duration> PAUSES = List.of(
            Duration.ZERO, Duration.ZERO, Duration.ofMillis(130), Duration.ofMillis(300), Duration.ofMillis(900));

    @Property(tries = 60)
    void shouldEmitTheSameBytesWhicheverPartitionsProducersChoose(@ForAll PhoneCalls calls, @ForAll long seed) {
        List<Notification> notifications = ofAll(calls);
        // Two bridges: each session comes by one of them.
        ToIntFunction<Notification> mixed =
                notification -> notification.telephonySessionId().hashCode() % 2 == 0
                        ? bySession(notification)
                        : byAccount(notification);

        Map<String, List<String>> bySession = bySession(notifications, seed);

        assertThat(bySession).isNotEmpty();
        assertSame(run(PartitionBy.SESSION, notifications, HomePartitionPropertiesTest::byAccount, seed), bySession);
        assertSame(run(PartitionBy.SESSION, notifications, mixed, seed), bySession);
    }

    /** By account, the time is known a little earlier, so a call may have had one revision more or less. */
    @Property(tries = 60)
    void shouldEmitTheSameCallsByAccountWhateverComes(@ForAll Chaos chaos, @ForAll long seed) {
        Map<String, List<String>> byAccount =
                run(PartitionBy.ACCOUNT, chaos.notifications(), HomePartitionPropertiesTest::byAccount, seed);

        assertThat(calls(byAccount)).isEqualTo(calls(bySession(chaos.notifications(), seed)));
    }

    /** Before and after the switch, a session has two clocks; which events wait for a lost one can differ, but nothing else. */
    @Property(tries = 60)
    void shouldEmitTheSameBytesWhenItIsSwitchedButForLatePartyEvents(@ForAll PhoneCalls calls, @ForAll long seed) {
        List<Notification> notifications = ofAll(calls);
        int half = notifications.size() / 2;
        Map<Notification, Integer> places = new HashMap<>();
        for (int i = 0; i < notifications.size(); i++) {
            places.put(notifications.get(i), i);
        }
        ToIntFunction<Notification> switched =
                notification -> places.get(notification) < half ? bySession(notification) : byAccount(notification);

        Map<String, List<String>> bySession = bySession(notifications, seed);
        Map<String, List<String>> both = run(PartitionBy.SESSION, notifications, switched, seed);

        assertSame(withoutPartyEvents(both), withoutPartyEvents(bySession));
        assertThat(partyEvents(both))
                .as("each once")
                .isEqualTo(partyEvents(bySession))
                .doesNotHaveDuplicates();
    }

    /** The two ways are never in use between the same two partitions, and on each no time is behind a mark. */
    @Property(tries = 60)
    void shouldSendNothingAfterAMarkThatIsOlder(@ForAll Chaos chaos, @ForAll Random random) {
        Map<String, Boolean> ways = new HashMap<>();
        Map<String, Long> marked = new HashMap<>();
        List<String> wrong = new ArrayList<>();
        SplitTopology topology = new SplitTopology(PARTITIONS, PartitionBy.ACCOUNT, sent -> {
            for (int home : homes(sent)) {
                String pair = sent.source() + ">" + home;
                if (sent.message() instanceof RepartitionMessage.Routed
                        && (ways.computeIfAbsent(pair, first -> sent.direct()) != sent.direct()
                                || sent.direct() != (home == sent.source()))) {
                    wrong.add(pair + " takes another way");
                }
                if (sent.message() instanceof RepartitionMessage.Mark mark) {
                    marked.put(pair, mark.clocks().get(sent.source()));
                } else if (((RepartitionMessage.Routed) sent.message()).receivedAt()
                        < marked.getOrDefault(pair, Long.MIN_VALUE)) {
                    wrong.add(pair + " is overtaken by a mark");
                }
            }
        });
        topology.pass(Duration.ZERO);

        for (Notification notification : chaos.notifications()) {
            topology.receive(random.nextInt(PARTITIONS), null, notification.bytes());
            topology.pass(PAUSES.get(random.nextInt(PAUSES.size())));
            topology.deliverSome(random);
        }

        assertThat(wrong).isEmpty();
        assertThat(marked).isNotEmpty();
    }

    /** However long the repartition topic takes: what comes late is a revision. */
    @Property(tries = 60)
    void shouldEmitTheRecordsOfTheCoreHoweverSlowTheHopIs(@ForAll PhoneCalls calls, @ForAll Random random) {
        List<Notification> notifications = ofAll(calls);
        SplitTopology topology = new SplitTopology(PARTITIONS, PartitionBy.ACCOUNT, sent -> {});
        topology.pass(Duration.ZERO);
        CallsFold fold = new CallsFold();
        for (Notification notification : notifications) {
            int partition = random.nextBoolean() ? bySession(notification) : byAccount(notification);
            topology.receive(partition, null, notification.bytes());
            topology.pass(PAUSES.get(random.nextInt(PAUSES.size())));
            topology.deliverSome(random);
        }
        end(topology);
        topology.taken().stream()
                .filter(record -> record.startsWith(CallweaveTopology.sink(Topic.CALLS)))
                .forEach(record -> fold.add(key(record).substring(key(record).indexOf(' ') + 1), value(record)));

        assertThat(fold.records()).isEqualTo(AssembledCalls.of(notifications));
    }

    /** Key by key, so that a failure can be read. */
    private static void assertSame(Map<String, List<String>> one, Map<String, List<String>> other) {
        assertThat(one.keySet()).isEqualTo(other.keySet());
        one.forEach((key, records) -> {
            List<String> expected = other.getOrDefault(key, List.of());
            for (int i = 0; i < Math.min(records.size(), expected.size()); i++) {
                assertThat(records.get(i)).isEqualTo(expected.get(i));
            }
            assertThat(records).as(key).hasSameSizeAs(expected);
        });
    }

    private static int bySession(Notification notification) {
        return HomePartition.of(notification.telephonySessionId(), PARTITIONS);
    }

    private static int byAccount(Notification notification) {
        return HomePartition.of(notification.account(), PARTITIONS);
    }

    private static List<Integer> homes(SplitTopology.Sent sent) {
        if (sent.direct()) {
            return List.of(sent.source());
        }
        return sent.message() instanceof RepartitionMessage.Mark mark
                ? mark.homes().stream().boxed().toList()
                : List.of(HomePartition.of(((RepartitionMessage.Routed) sent.message()).home(), PARTITIONS));
    }

    private static List<Notification> ofAll(PhoneCalls calls) {
        return calls.calls().stream()
                .flatMap(call -> call.notifications().stream())
                .toList();
    }

    /** What comes out by topic and key, when the repartition topic takes no time. */
    private static Map<String, List<String>> bySession(List<Notification> notifications, long seed) {
        return run(PartitionBy.SESSION, notifications, HomePartitionPropertiesTest::bySession, seed);
    }

    /** Those that count at the end. */
    private static Object calls(Map<String, List<String>> byKey) {
        CallsFold fold = new CallsFold();
        byKey.values().stream()
                .flatMap(List::stream)
                .filter(record -> record.startsWith(CallweaveTopology.sink(Topic.CALLS) + " "))
                .forEach(record -> fold.add(key(record).substring(key(record).indexOf(' ') + 1), value(record)));
        return fold.records();
    }

    private static Map<String, List<String>> run(
            PartitionBy expected, List<Notification> notifications, ToIntFunction<Notification> partitions, long seed) {
        Random random = new Random(seed);
        SplitTopology topology = new SplitTopology(PARTITIONS, expected, sent -> {});
        topology.pass(Duration.ZERO);
        topology.deliverAll();
        for (Notification notification : notifications) {
            // A lost notification now and then, so that others wait for it.
            if (random.nextInt(10) > 0) {
                topology.receive(
                        partitions.applyAsInt(notification),
                        notification.telephonySessionId().getBytes(UTF_8),
                        notification.bytes());
                topology.deliverAll();
            }
            topology.pass(PAUSES.get(random.nextInt(PAUSES.size())));
            topology.deliverAll();
            topology.tickStages();
        }
        end(topology);
        Map<String, List<String>> byKey = new TreeMap<>();
        topology.taken()
                .forEach(record -> byKey.computeIfAbsent(key(record), key -> new ArrayList<>())
                        .add(withoutTimeOfRelease(record)));
        return byKey;
    }

    /**
     * A party event that waited for a lost one has the time of the clock that let it go, which every notification of the
     * partition moves.
     */
    private static String withoutTimeOfRelease(String record) {
        return record.startsWith(CallweaveTopology.sink(Topic.PARTY_EVENTS))
                ? record.replaceFirst(" lastReceivedAt=\\S+", "")
                : record;
    }

    private static void end(SplitTopology topology) {
        topology.deliverAll();
        topology.pass(CallOptions.DEFAULT.waits().maxIdle().plusSeconds(1));
        topology.deliverAll();
        topology.tickStages();
        topology.pass(Duration.ofSeconds(2));
        topology.deliverAll();
        topology.tickStages();
    }

    private static Map<String, List<String>> withoutPartyEvents(Map<String, List<String>> byKey) {
        Map<String, List<String>> others = new TreeMap<>(byKey);
        assertThat(others.keySet().removeIf(key -> key.startsWith(CallweaveTopology.sink(Topic.PARTY_EVENTS))))
                .isTrue();
        return others;
    }

    /** Which there are, whether late or not. */
    private static List<String> partyEvents(Map<String, List<String>> byKey) {
        return byKey.entrySet().stream()
                .filter(each -> each.getKey().startsWith(CallweaveTopology.sink(Topic.PARTY_EVENTS)))
                .flatMap(each -> each.getValue().stream())
                .map(record -> TopologyKit.tree(value(record)))
                .map(event -> event.path("accountId").asText() + " "
                        + event.path("telephonySessionId").asText() + " " + event.path("sequence") + " "
                        + event.path("partyId").asText())
                .sorted()
                .toList();
    }

    /** Where to and the key; what comes before the value and is no header. */
    private static String key(String record) {
        String[] words = record.split(" ", -1);
        for (int i = 1; i < words.length; i++) {
            if (!words[i].matches("[A-Za-z]+=.*")) {
                return words[0] + " " + words[i];
            }
        }
        throw new IllegalArgumentException("No key in " + record);
    }

    private static String value(String record) {
        return record.substring(record.indexOf(" {") + 1);
    }
}
