package io.callweave.bench.throughput;

import io.callweave.bench.traffic.LiveTraffic;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The base of candidates that move notifications without reading them, and so make no calls. */
abstract class UnreadCandidate implements Candidate {

    private final Subject.Setting setting;

    UnreadCandidate(Subject.Setting setting) {
        this.setting = setting;
    }

    final Subject.Setting setting() {
        return setting;
    }

    @Override
    public final String oneForEach() {
        return setting.prefix() + "passed-through";
    }

    @Override
    public final List<String> calls() {
        return List.of();
    }

    @Override
    public final long expectedCalls(LiveTraffic traffic) {
        return 0;
    }

    @Override
    public final String callId(ConsumerRecord<String, byte[]> call) {
        throw new UnsupportedOperationException("There are no calls on " + call.topic() + ".");
    }
}
