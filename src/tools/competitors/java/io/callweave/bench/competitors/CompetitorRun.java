package io.callweave.bench.competitors;

import io.callweave.bench.competitors.postgresql.PostgresCluster;
import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.ThreadKind;
import io.callweave.bench.throughput.BenchInput;
import io.callweave.bench.throughput.BenchTopics;
import io.callweave.bench.traffic.InputPartitions;
import io.callweave.bench.traffic.LiveTraffic;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** One subject with its process, its topics, its database if it has one, and its place in the traffic. */
final class CompetitorRun implements AutoCloseable {

    private static final double NANOS = 1e9;

    private final CompetitorSite site;
    private final Admin admin;
    private final CpuTimes brokerCpu;
    private final LiveTraffic traffic;
    private final WorkCheck check;
    private final @Nullable PostgresCluster database;
    private final CompetitorClient client;
    private long checksum;

    /** A part of the input. */
    interface Part {

        /** Returns how many notifications it has written. */
        long put(LiveTraffic traffic, LiveTraffic.Sink sink);
    }

    /**
     * Takes over what it is given.
     *
     * @param database its own; null if it has none
     */
    CompetitorRun(
            CompetitorSite site,
            Admin admin,
            CpuTimes brokerCpu,
            LiveTraffic traffic,
            WorkCheck check,
            @Nullable PostgresCluster database) {
        this.site = site;
        this.admin = admin;
        this.brokerCpu = brokerCpu;
        this.traffic = traffic;
        this.check = check;
        this.database = database;
        client = new CompetitorClient(
                site, site.directory().resolveSibling(site.competitor().label() + ".log"));
    }

    Competitor competitor() {
        return site.competitor();
    }

    LiveTraffic traffic() {
        return traffic;
    }

    /** Of all input so far. */
    long checksum() {
        return checksum;
    }

    /**
     * Runs the subject over the next part of the input, and checks that it has done its work.
     *
     * @param runOn how long simulated time continues after the last notification, in milliseconds
     * @throws io.callweave.files.LocalException if the subject fails or has not done its work
     */
    Measurement run(Part part, long runOn) {
        Measurement measurement;
        InputPartitions partitions = new InputPartitions(site.competitor().partitionBy(), site.partitions());
        try (BenchInput input = new BenchInput(site.bootstrapServers(), site.input(), partitions)) {
            long notifications = part.put(traffic, input);
            input.flush();
            checksum = 31 * checksum + input.checksum();
            CpuTimes.Reading client0 = client.start(notifications, traffic.now() + runOn);
            CpuTimes.Reading broker0 = brokerCpu.read();
            double database0 = databaseSeconds();
            long start = System.nanoTime();
            input.commit();
            CpuTimes.Reading client1 = client.await(input.ends());
            double seconds = (System.nanoTime() - start) / NANOS;
            measurement = new Measurement(
                    notifications,
                    seconds,
                    sum(client1.since(client0), brokerCpu.read().since(broker0), databaseSeconds() - database0));
            client.stop();
        }
        check.part(measurement.notifications());
        BenchTopics.deleteOld(admin, site.prefix(), site.partitions(), site.group());
        return measurement;
    }

    /** Checks all calls against those that are expected. */
    void checkCalls(Map<Integer, CallFigures> expected) {
        check.all(traffic, expected);
    }

    private double databaseSeconds() {
        return database == null ? 0 : database.cpuSeconds();
    }

    /** The just-in-time compiler and the collector of both Java machines; what is left is the rest of all processes. */
    private static CpuTimes.Reading sum(CpuTimes.Reading client, CpuTimes.Reading broker, double database) {
        return new CpuTimes.Reading(
                client.process() + broker.process() + database,
                Map.of(ThreadKind.JIT, client.jit() + broker.jit(), ThreadKind.GC, client.gc() + broker.gc()));
    }

    @Override
    public void close() {
        client.close();
        check.close();
        if (database != null) {
            database.close();
        }
    }
}
