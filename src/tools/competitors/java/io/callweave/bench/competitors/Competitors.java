package io.callweave.bench.competitors;

import io.callweave.bench.competitors.correctness.CorrectnessBench;
import io.callweave.bench.competitors.postgresql.PostgresCluster;
import io.callweave.bench.competitors.postgresql.PostgresOutput;
import io.callweave.bench.throughput.Application;
import io.callweave.bench.throughput.Site;
import io.callweave.bench.throughput.Subject;
import io.callweave.bench.throughput.Subject.Judged;
import io.callweave.bench.throughput.SubjectOutput;
import io.callweave.settings.value.PartitionBy;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** All competitors. If one of those that run together needs a process of its own, each has one. */
public final class Competitors implements Subject.Others {

    @Override
    public List<Subject> all() {
        return List.of(Competitor.values());
    }

    @Override
    public List<Subject> together(List<Subject> chosen) {
        boolean apart = chosen.stream().anyMatch(each -> each instanceof Competitor competitor && competitor.isApart());
        return apart ? chosen.stream().<Subject>map(Apart::new).toList() : chosen;
    }

    @Override
    public List<Judged> judge(int calls, Path directory, Consumer<String> progress) throws InterruptedException {
        try (CorrectnessBench bench =
                new CorrectnessBench(CorrectnessBench.Options.usual(calls), directory, progress)) {
            return bench.run().stream().map(CorrectnessBench.Row::judged).toList();
        }
    }

    /** A subject in a process of its own, perhaps with a database. */
    private static final class Apart implements Subject {

        private final Subject subject;
        private @Nullable PostgresCluster database;

        Apart(Subject subject) {
            this.subject = subject;
        }

        @Override
        public String label() {
            return subject.label();
        }

        @Override
        public PartitionBy partitionBy() {
            return subject.partitionBy();
        }

        @Override
        public void createTopics(Admin admin, Site site) {
            subject.createTopics(admin, site);
        }

        @Override
        public Application application(Site site) {
            database = SubjectClient.databaseOf(subject);
            Path log = site.directory().resolveSibling(label() + ".log");
            return new SubjectClient(subject, site, database, log);
        }

        @Override
        public SubjectOutput output(Site site) {
            return database == null
                    ? subject.output(site)
                    : new PostgresOutput(site, database.jdbcUrl(), subject == Competitor.POSTGRESQL_ALL);
        }
    }
}
