package io.callweave.bench.competitors;

import io.callweave.bench.competitors.postgresql.PostgresCalls;
import io.callweave.bench.competitors.postgresql.PostgresCluster;
import io.callweave.bench.correctness.Contender;
import io.callweave.bench.correctness.TopicCalls;
import io.callweave.bench.correctness.TrueCall;
import io.callweave.bench.throughput.BenchTopics;
import io.callweave.topics.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/** Competitors that {@code bench correctness} does not have, in its comparison. */
enum CompetitorContender implements Contender {
    FLINK_HEAP(Competitor.FLINK_HEAP),
    FLINK_ROCKSDB(Competitor.FLINK_ROCKSDB),
    /** Events and windows, which the others of its kind have, too, change no call. */
    POSTGRESQL_CALLS(Competitor.POSTGRESQL_CALLS);

    private static final int THREADS = 2;

    private final Competitor competitor;

    CompetitorContender(Competitor competitor) {
        this.competitor = competitor;
    }

    @Override
    public String label() {
        return competitor.label();
    }

    @Override
    public Trial prepare(TrialSite place) {
        @Nullable
        PostgresCluster database = competitor.kind() == Competitor.Kind.POSTGRESQL ? PostgresCluster.create() : null;
        CompetitorSite site = new CompetitorSite(
                competitor,
                Topic.NOTIFICATIONS.name(place.prefix()),
                place.prefix() + label() + "-",
                place.prefix() + label(),
                place.bootstrapServers(),
                place.partitions(),
                THREADS,
                place.directory(),
                0,
                database == null ? "" : database.jdbcUrl());
        BenchTopics.await(place.admin()
                .createTopics(CompetitorTopics.outputs(site).stream()
                        .map(name -> new NewTopic(name, site.partitions(), (short) 1))
                        .toList())
                .all());
        return new CompetitorTrial(site, database);
    }

    private record CompetitorTrial(
            CompetitorSite site, @Nullable PostgresCluster database) implements Trial {

        @Override
        public List<String> javaArguments() {
            List<String> arguments = new ArrayList<>(List.of(
                    "-cp", CompetitorClient.classPath(site.competitor().kind()), WrongCallsProcess.class.getName()));
            arguments.addAll(site.arguments());
            return arguments;
        }

        @Override
        public String group() {
            return site.group();
        }

        @Override
        public Collection<TrueCall> calls() {
            return database == null
                    ? TopicCalls.last(site.bootstrapServers(), CompetitorTopics.calls(site))
                    : PostgresCalls.all(database.jdbcUrl());
        }

        @Override
        public double moreCpuSeconds() {
            return database == null ? 0 : database.cpuSeconds();
        }

        @Override
        public void close() {
            if (database != null) {
                database.close();
            }
        }
    }
}
