package io.callweave.bench.throughput;

import io.callweave.topics.Topic;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;

/** Callweave's flow without its work ({@link Plumbing}). */
final class PlumbingCandidate extends UnreadCandidate {

    PlumbingCandidate(Subject.Setting setting) {
        super(setting);
    }

    @Override
    public void createTopics(Admin admin) {
        BenchTopics.create(admin, setting(), Topic.NOTIFICATIONS.name(setting().prefix()), hop(), oneForEach());
    }

    @Override
    public Run run(long notifications, long end) {
        LongAdder arrived = new LongAdder();
        return Run.inWallTime(
                Plumbing.build(setting().prefix(), hop(), oneForEach(), arrived),
                () -> arrived.sum() >= notifications,
                Map.of());
    }

    private String hop() {
        return setting().prefix() + "hop";
    }
}
