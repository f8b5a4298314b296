package io.callweave.topology.directory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryJson;
import io.callweave.meter.Metric;
import io.callweave.metrics.Departments;
import io.callweave.metrics.Scope;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowSize;
import io.callweave.settings.value.PartitionBy;
import io.callweave.topics.Topic;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.TopologyOptions;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.windows.WindowOptions;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

class DirectoryStoreTest {

    private static final DirectoryEntry ANNA =
            new DirectoryEntry("1", "104", "Anna", DirectoryEntry.USER, null, "Sales", null);
    private static final DirectoryEntry QUEUE =
            new DirectoryEntry("1", "900", "Hotline", DirectoryEntry.QUEUE, null, "Sales", null);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final TopologyMetrics metrics = new TopologyMetrics(registry);
    private final DirectoryStore store = new DirectoryStore(metrics::directoryEntries, metrics::directoryRejected);

    @Test
    void shouldKnowTheLastRecordOfEachKey() {
        put(ANNA);
        put(QUEUE);
        put(new DirectoryEntry("1", "104", "Anna B.", DirectoryEntry.USER, null, "Support", null));
        store.accept(bytes(QUEUE.key()), null);

        assertThat(Objects.requireNonNull(store.get("1", "104")).name()).isEqualTo("Anna B.");
        assertThat(store.get("1", "900")).isNull();
        assertThat(store.get("2", "104")).isNull();
        assertThat(entries()).isEqualTo(1);
    }

    @Test
    void shouldCountAndLogWhatCannotBeUsedAndKnowNothingOfItsExtension() {
        put(ANNA);
        put(QUEUE);
        String logged = logOf(() -> {
            for (int i = 0; i < 100; i++) {
                store.accept(bytes(ANNA.key()), bytes("{\"name\":\"Anna\"}"));
            }
            store.accept(null, bytes("{}"));
        });

        assertThat(store.get("1", "104")).isNull();
        assertThat(store.get("1", "900")).isEqualTo(QUEUE);
        assertThat(registry.get(Metric.DIRECTORY_REJECTED.meterName()).counter().count())
                .isEqualTo(101);
        assertThat(entries()).isEqualTo(1);
        assertThat(logged.lines()).hasSize(1);
        assertThat(logged).contains("A record of the directory cannot be used").doesNotContain("Anna");
    }

    @Test
    void shouldCountForTheDepartmentsOfUsersOnly() {
        put(ANNA);
        put(QUEUE);

        Departments departments = store.departments("1");

        assertThat(departments.of("104")).isEqualTo("Sales");
        assertThat(departments.of("900")).isNull();
        assertThat(departments.of("105")).isNull();
        assertThat(store.departments("2").of("104")).isNull();
    }

    @Test
    void shouldCostNothingWhereNothingIsKnown() {
        assertThat(store.isEmpty()).isTrue();
        assertThat(store.departments("1")).isSameAs(Departments.NONE);
        assertThat(Directory.NONE.departments("1")).isSameAs(Departments.NONE);
    }

    @Test
    void shouldNameWindowsOfExtensionsAndQueues() {
        put(ANNA);
        put(QUEUE);

        assertThat(store.nameOf(window(Scope.EXTENSION, "104"))).isEqualTo("Anna");
        assertThat(store.nameOf(window(Scope.QUEUE, "900"))).isEqualTo("Hotline");
        assertThat(store.nameOf(window(Scope.EXTENSION, "105"))).isNull();
        for (Scope other : List.of(Scope.ACCOUNT, Scope.NUMBER, Scope.DEPARTMENT)) {
            assertThat(store.nameOf(window(other, "104"))).isNull();
        }
    }

    /** The numbers are in the names of the folders that hold the state of an installation that is upgraded. */
    @Test
    void shouldLeaveTheStagesTheirNumbers() {
        TopologyDescription with = CallweaveTopology.build(config(PartitionBy.SESSION, Topic.OPTIONAL))
                .describe();
        TopologyDescription without =
                CallweaveTopology.build(config(PartitionBy.SESSION, Set.of())).describe();

        assertThat(with.subtopologies()).isEqualTo(without.subtopologies());
        assertThat(with.subtopologies())
                .anySatisfy(part -> {
                    assertThat(part.id()).isZero();
                    assertThat(part.nodes().toString()).contains("route-to-account");
                })
                .anySatisfy(part -> {
                    assertThat(part.id()).isEqualTo(1);
                    assertThat(part.nodes().toString()).contains("assemble-calls");
                });
        assertThat(CallweaveTopology.build(config(PartitionBy.ACCOUNT, Topic.OPTIONAL))
                        .describe()
                        .subtopologies())
                .singleElement()
                .satisfies(part -> assertThat(part.nodes().toString()).contains("route-to-account", "assemble-calls"));
        assertThat(with.globalStores()).hasSize(2);
        assertThat(without.globalStores()).isEmpty();
    }

    private static TopologyConfig config(PartitionBy partitionBy, Set<Topic> inputs) {
        return new TopologyConfig(
                TopologyOptions.under("test.", CallOptions.DEFAULT, WindowOptions.DEFAULT)
                        .partitionedBy(partitionBy),
                inputs,
                TopologyConfig.Partitions.of(1),
                TopologyConfig.Clock.system((partition, lastOffset) -> OptionalLong.empty()),
                TopologyConfig.Listener.NONE,
                TopologyMetrics.unexported());
    }

    private static WindowKey window(Scope scope, String id) {
        return new WindowKey("1", scope, id, WindowSize.PT1H, 0);
    }

    private void put(DirectoryEntry entry) {
        store.accept(bytes(entry.key()), DirectoryJson.write(entry));
    }

    private double entries() {
        return registry.get(Metric.DIRECTORY_ENTRIES.meterName()).gauge().value();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    private static String logOf(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        System.setErr(new PrintStream(log, true, UTF_8));
        try {
            work.run();
        } finally {
            System.setErr(before);
        }
        return log.toString(UTF_8);
    }
}
