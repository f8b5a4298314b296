package io.callweave.bench.correctness;

import io.callweave.bench.dsl.DslTopology;
import io.callweave.bench.throughput.BenchTopics;
import io.callweave.topics.Topic;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.NewTopic;

/** Contenders that need nothing but Kafka. */
public enum TopicContender implements Contender {
    /** The product, exactly once. */
    CALLWEAVE("callweave"),
    /** Aggregates each session, keeps it permanently, and emits whenever all parties are over, exactly once. */
    DSL("dsl"),
    /** Session windows of 10 min, grace 1 min, exactly once; emits when they are closed. */
    SESSION_WINDOWS("session-windows"),
    /** Open sessions in memory; emits and forgets when all parties are over. */
    CONSUMER("consumer");

    private final String label;

    TopicContender(String label) {
        this.label = label;
    }

    @Override
    public String label() {
        return label;
    }

    static Optional<TopicContender> of(String label) {
        return Arrays.stream(values()).filter(each -> each.label.equals(label)).findFirst();
    }

    /** The topic of its calls. */
    String calls(String prefix) {
        return this == CALLWEAVE ? Topic.CALLS.name(prefix) : prefix + label + "-calls";
    }

    @Override
    public Trial prepare(TrialSite site) {
        List<String> topics = switch (this) {
            case CALLWEAVE -> List.of();
            case DSL ->
                List.of(
                        calls(site.prefix()),
                        site.prefix() + "dsl-" + DslTopology.EVENTS,
                        site.prefix() + "dsl-" + DslTopology.WINDOWS);
            case SESSION_WINDOWS, CONSUMER -> List.of(calls(site.prefix()));
        };
        BenchTopics.await(site.admin()
                .createTopics(topics.stream()
                        .map(name -> new NewTopic(name, site.partitions(), (short) 1))
                        .toList())
                .all());
        return new TopicTrial(site);
    }

    private final class TopicTrial implements Trial {

        private final TrialSite site;

        TopicTrial(TrialSite site) {
            this.site = site;
        }

        @Override
        public List<String> javaArguments() {
            return List.of(
                    "-cp",
                    System.getProperty("java.class.path"),
                    SubjectProcess.class.getName(),
                    label,
                    site.bootstrapServers(),
                    site.prefix(),
                    Integer.toString(site.partitions()),
                    site.directory().toString());
        }

        @Override
        public String group() {
            return site.prefix() + label;
        }

        @Override
        public Collection<TrueCall> calls() {
            return TopicCalls.last(site.bootstrapServers(), TopicContender.this.calls(site.prefix()));
        }

        @Override
        public void close() {
            // The broker goes away with its topics.
        }
    }
}
