package io.callweave.bench.throughput;

import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.traffic.CallTemplates;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** A broker in this process that deletes old records soon, and what all subjects on it share. */
public final class BenchBroker implements AutoCloseable {

    private static final Map<String, String> SETTINGS = Map.of(
            // Only whole segments are deleted.
            "log.segment.bytes", Integer.toString(32 << 20), "log.retention.check.interval.ms", "5000");

    private final Path directory;
    private final EmbeddedKafka broker;
    private final Admin admin;
    private final CallTemplates templates = CallTemplates.make();
    private final CpuTimes cpu = new CpuTimes();

    /** @param directory for the broker and the state of the subjects, empty */
    public BenchBroker(Path directory) {
        this.directory = directory;
        broker = EmbeddedKafka.start(
                EmbeddedKafkaConfig.in(directory.resolve("kafka")).withOverrides(SETTINGS));
        admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()));
    }

    public Path directory() {
        return directory;
    }

    public String servers() {
        return broker.bootstrapServers();
    }

    public Admin admin() {
        return admin;
    }

    public CallTemplates templates() {
        return templates;
    }

    /** That of this process. */
    CpuTimes.Reading cpu() {
        return cpu.read();
    }

    @Override
    public void close() {
        admin.close();
        broker.close();
    }
}
