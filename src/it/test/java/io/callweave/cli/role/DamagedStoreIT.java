package io.callweave.cli.role;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.cli.StreamsProcess;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.SimulatedAccount;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process that finds its local state garbled restores it from Kafka, and goes on as if nothing had been. */
@Tag("full")
class DamagedStoreIT {

    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");
    private static final String DAMAGED = "A local state store was damaged.";

    @TempDir
    private static Path directory;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(directory.resolve("kafka")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldLoseAndDoubleNothingWhenFilesOfItsStoresAreGarbled() throws Exception {
        List<PhoneCall> calls =
                IntStream.range(0, 60).mapToObj(DamagedStoreIT::parked).toList();
        try (Installation installation = Installation.create(kafka, directory, "garbled", Map.of())) {
            Path state = installation.stateOf("only");
            accept(installation, calls, 0);
            stopAfterWork(installation, 0);

            // Of a garbled log RocksDB takes what comes before, with its offset: the rest is read from the changelog
            // again.
            garble(state, "calls", ".log");
            garble(state, "due", "MANIFEST");
            accept(installation, calls, 1);
            stopAfterWork(installation, 1);

            garble(state, "windows", "CURRENT");
            accept(installation, calls, 2);
            stopAfter(installation, 1, installation::awaitAssembled);

            try (Stream<Path> kept = Files.list(state.resolve("garbled").resolve("damaged"))) {
                assertThat(kept).singleElement().asString().contains("windows");
            }
        }
    }

    /** Starts it, waits until every notification is on its way, stops it, and looks how many stores it found damaged. */
    private static void stopAfterWork(Installation installation, int damaged) throws Exception {
        stopAfter(installation, damaged, () -> await().until(() -> installation.lag() == 0));
    }

    private static void stopAfter(Installation installation, int damaged, Work work) throws Exception {
        try (StreamsProcess process = installation.startProcess("only")) {
            await().until(process::isReady);
            work.await();
            assertThat(process.terminate()).isZero();
            // Each start writes its log anew.
            assertThat(process.logLines().stream()
                            .filter(line -> line.contains(DAMAGED))
                            .count())
                    .isEqualTo((long) damaged * Installation.PARTITIONS);
            assertThat(process.logLines()).noneMatch(line -> line.contains("A stream thread failed"));
        }
    }

    /** What the process does before it is stopped. */
    @FunctionalInterface
    private interface Work {
        void await() throws Exception;
    }

    private static void garble(Path state, String store, String file) throws IOException {
        try (Stream<Path> files = Files.walk(state)) {
            List<Path> garbled = files.filter(each -> each.toString().contains("/rocksdb/" + store + "/"))
                    .filter(each -> each.getFileName().toString().contains(file))
                    .toList();
            assertThat(garbled).hasSizeGreaterThanOrEqualTo(Installation.PARTITIONS);
            for (Path each : garbled) {
                try (FileChannel channel = FileChannel.open(each, StandardOpenOption.WRITE)) {
                    channel.write(ByteBuffer.wrap("garbled garbled".getBytes(UTF_8)), Files.size(each) / 3);
                }
            }
        }
    }

    /** The thirds of a call come one after the other, so that each start needs what the one before it knew. */
    private static void accept(Installation installation, List<PhoneCall> calls, int third) {
        for (PhoneCall call : calls) {
            int lines = call.lines().size();
            installation.accept(call.lines().subList(lines * third / 3, lines * (third + 1) / 3));
        }
    }

    private static PhoneCall parked(int number) {
        SimulatedAccount account = new SimulatedAccount(Integer.toString(809_646_016 + number % 9), "+15550100006");
        return call().in(account)
                .seeded(number)
                .startingAt(START.plusSeconds(number))
                .inbound("+15550100002")
                .answeredBy("104")
                .parkedAt("*801")
                .fetchedFromParkBy("105")
                .hangUp();
    }
}
