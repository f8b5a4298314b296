package io.callweave.bench.faults;

import io.callweave.local.BrokerCluster;
import io.callweave.topics.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.jspecify.annotations.Nullable;

/** Makes faults happen. */
final class FaultActions {

    private static final List<String> GARBLED = List.of("MANIFEST", "CURRENT");
    private static final List<String> STORES = List.of("calls", "due", "windows");
    private static final Duration MOVED = Duration.ofMinutes(1);

    private final FaultSite site;
    private final @Nullable String upgrade;
    private int partitions = FaultSite.PARTITIONS;

    /** @param upgrade the class path of another build; null for none */
    FaultActions(FaultSite site, @Nullable String upgrade) {
        this.site = site;
        this.upgrade = upgrade;
    }

    /** The ways that it may have stand still. Who only writes or reads topics is on none; each broker has a part of all. */
    Set<String> hit(Fault fault) throws InterruptedException {
        return switch (fault.kind()) {
            case BRIDGE_KILLED,
                    BRIDGE_PAUSED,
                    DELIVER_KILLED,
                    DELIVER_PAUSED,
                    RECEIVERS_FAIL,
                    CONSOLE_KILLED,
                    RINGCENTRAL_AWAY -> Set.of();
            case STREAMS_KILLED, STREAMS_STOPPED, STREAMS_PAUSED, STATE_DELETED, STORE_GARBLED ->
                // Of an added partition, only the bridge knows which sessions are in it.
                partitions == FaultSite.PARTITIONS ? site.waysOf(streams(fault)) : Standstill.ways();
            default -> Standstill.ways();
        };
    }

    private RoleProcess streams(Fault fault) {
        return site.streams().get(fault.target() % 2);
    }

    /** Makes one happen, and returns when it is over. */
    void happen(Fault fault) throws IOException, InterruptedException {
        RoleProcess streams = streams(fault);
        RoleProcess bridge = site.bridges().get(fault.target() % 2);
        int broker = fault.target() % BrokerCluster.NODES;
        switch (fault.kind()) {
            case STREAMS_KILLED -> away(streams, fault);
            case STREAMS_STOPPED -> {
                streams.stop();
                pass(fault);
                streams.start();
            }
            case STREAMS_PAUSED -> pause(streams, fault);
            case STREAMS_ROLLED -> roll(fault);
            case STREAMS_SCALED -> {
                site.streams().get(2).start();
                pass(fault);
                site.streams().get(2).stop();
            }
            case STATE_DELETED -> {
                streams.kill();
                delete(site.stateOf(streams.name()));
                pass(fault);
                streams.start();
            }
            case STORE_GARBLED -> {
                streams.kill();
                garble(site.stateOf(streams.name()), fault.target());
                pass(fault);
                streams.start();
            }
            case BRIDGE_KILLED -> away(bridge, fault);
            case BRIDGE_PAUSED -> pause(bridge, fault);
            case BROKER_KILLED -> brokersAway(fault, broker);
            case BROKER_STOPPED -> {
                site.brokers().stop(broker);
                pass(fault);
                site.brokers().start(broker);
            }
            case BROKER_PAUSED -> {
                RoleProcess.signal("STOP", site.brokers().process(broker));
                pass(fault);
                RoleProcess.signal("CONT", site.brokers().process(broker));
            }
            case CONTROLLER_KILLED -> brokersAway(fault, site.brokers().controller());
            case BROKERS_TWO_AWAY -> brokersAway(fault, broker, (broker + 1) % BrokerCluster.NODES);
            case BROKERS_ALL_AWAY -> allBrokersAway(fault);
            case BROKER_CUT_OFF -> {
                site.brokers().network(broker).cut();
                pass(fault);
                site.brokers().network(broker).mend();
            }
            case DISK_FULL -> fullDisk(fault, broker);
            case DISK_SLOW -> Objects.requireNonNull(site.slowDisk()).slow(fault.length());
            case CLOCK_MOVED ->
                moveClock(site.clocks().get(fault.target() % site.clocks().size()), fault);
            case DELIVER_KILLED -> away(site.deliver(), fault);
            case DELIVER_PAUSED -> pause(site.deliver(), fault);
            case RECEIVERS_FAIL -> {
                site.receivers().fail(true);
                pass(fault);
                site.receivers().fail(false);
            }
            case CONSOLE_KILLED -> away(site.console(), fault);
            case RINGCENTRAL_AWAY -> {
                site.platform().faults().refuse("/restapi", 503, 5, 0);
                site.platform().faults().disconnect();
                pass(fault);
            }
            case PARTITIONS_ADDED -> addPartition();
        }
    }

    private static void pass(Fault fault) throws InterruptedException {
        pass(fault.length());
    }

    private static void pass(Duration length) throws InterruptedException {
        Thread.sleep(length.toMillis());
    }

    private static void away(RoleProcess role, Fault fault) throws IOException, InterruptedException {
        role.kill();
        pass(fault);
        role.start();
    }

    private static void pause(RoleProcess role, Fault fault) throws IOException, InterruptedException {
        role.pause();
        pass(fault);
        role.resume();
    }

    private void roll(Fault fault) throws IOException, InterruptedException {
        for (RoleProcess each : site.streams().subList(0, 2)) {
            each.stop();
            if (upgrade != null) {
                each.upgrade(upgrade);
            }
            each.start();
            pass(fault.length().dividedBy(2));
        }
    }

    private void brokersAway(Fault fault, int... numbers) throws IOException, InterruptedException {
        for (int number : numbers) {
            site.brokers().kill(number);
        }
        pass(fault);
        startBrokers(numbers);
    }

    /** Several are back when all answer: until then, Kafka takes nothing. */
    private void startBrokers(int... numbers) throws IOException, InterruptedException {
        for (int number : numbers) {
            site.brokers().start(number);
        }
        if (numbers.length > 1) {
            site.brokers().awaitAll();
        }
    }

    /** Each bridge is killed meanwhile, with all that only its disk has. */
    private void allBrokersAway(Fault fault) throws IOException, InterruptedException {
        for (int number = 0; number < BrokerCluster.NODES; number++) {
            site.brokers().kill(number);
        }
        for (RoleProcess bridge : site.bridges()) {
            pass(fault.length().dividedBy(3));
            bridge.kill();
            bridge.start();
        }
        pass(fault.length().dividedBy(3));
        startBrokers(IntStream.range(0, BrokerCluster.NODES).toArray());
    }

    /** While Kafka takes nothing, so that the bridge needs its disk. */
    private void fullDisk(Fault fault, int broker) throws IOException, InterruptedException {
        int[] away = {broker, (broker + 1) % BrokerCluster.NODES};
        for (int number : away) {
            site.brokers().kill(number);
        }
        Objects.requireNonNull(site.smallDisk()).fill(fault.length());
        startBrokers(away);
    }

    private static void moveClock(MovedClock clock, Fault fault) throws InterruptedException {
        for (Duration difference : List.of(MOVED, MOVED.negated())) {
            clock.move(difference);
            pass(fault.length().dividedBy(2));
        }
        clock.move(Duration.ZERO);
    }

    private void addPartition() throws InterruptedException {
        partitions++;
        try (Admin admin = site.admin()) {
            admin.createPartitions(
                            Map.of(Topic.NOTIFICATIONS.name(FaultSite.PREFIX), NewPartitions.increaseTo(partitions)))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            // A request that is sent again after a timeout finds the partition there.
            if (!(e.getCause() instanceof InvalidPartitionsException)) {
                throw new IllegalStateException("A partition cannot be added.", e);
            }
        }
    }

    private static void delete(Path directory) throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** Of one kind of store, in all partitions. */
    private static void garble(Path state, int seed) throws IOException {
        String store = "/rocksdb/" + STORES.get(seed % STORES.size()) + "/";
        String file = GARBLED.get(seed / STORES.size() % GARBLED.size());
        try (Stream<Path> all = Files.walk(state)) {
            for (Path each : all.filter(one -> one.toString().contains(store))
                    .filter(one -> one.getFileName().toString().startsWith(file))
                    .toList()) {
                byte[] bytes = Files.readAllBytes(each);
                byte[] garbled = "garbled garbled".getBytes(StandardCharsets.UTF_8);
                int from = bytes.length / 3;
                byte[] other = Arrays.copyOf(bytes, Math.max(bytes.length, from + garbled.length));
                System.arraycopy(garbled, 0, other, from, garbled.length);
                Files.write(each, other, StandardOpenOption.TRUNCATE_EXISTING);
            }
        }
    }
}
