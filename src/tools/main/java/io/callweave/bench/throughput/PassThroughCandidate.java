package io.callweave.bench.throughput;

import io.callweave.topics.Topic;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;

/** One record in, the same bytes out. */
final class PassThroughCandidate extends UnreadCandidate {

    PassThroughCandidate(Subject.Setting setting) {
        super(setting);
    }

    @Override
    public void createTopics(Admin admin) {
        BenchTopics.create(admin, setting(), Topic.NOTIFICATIONS.name(setting().prefix()), oneForEach());
    }

    @Override
    public Run run(long notifications, long end) {
        LongAdder passed = new LongAdder();
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream(
                        Topic.NOTIFICATIONS.name(setting().prefix()),
                        Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("in"))
                .peek((key, value) -> passed.increment(), Named.as("count"))
                .to(
                        oneForEach(),
                        Produced.with(Serdes.ByteArray(), Serdes.ByteArray()).withName("out"));
        return Run.inWallTime(builder.build(), () -> passed.sum() >= notifications, Map.of());
    }
}
