package io.callweave.topology.description;

import io.callweave.topics.Topic;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;

/**
 * The topics that the topology reads and writes, taken from the topology itself. Internal topics are not among them: their
 * names start with the application id.
 */
public record TopologyTopics(Set<Topic> read, Set<Topic> written) {

    private static final String NO_PREFIX = "";

    public TopologyTopics {
        read = Collections.unmodifiableSet(EnumSet.copyOf(read));
        written = Collections.unmodifiableSet(EnumSet.copyOf(written));
    }

    /** Those of the topology that the product runs, with a directory. */
    public static TopologyTopics ofProduct() {
        TopologyDescription description = TopologyDocs.of(NO_PREFIX).description();
        Stream<Source> sources = Stream.concat(
                nodes(description, Source.class),
                description.globalStores().stream().map(TopologyDescription.GlobalStore::source));
        Set<String> read =
                sources.map(Source::topicSet).flatMap(Collection::stream).collect(Collectors.toUnmodifiableSet());
        Set<String> written = nodes(description, Sink.class).map(Sink::topic).collect(Collectors.toUnmodifiableSet());
        return new TopologyTopics(topics(read), topics(written));
    }

    private static <T> Stream<T> nodes(TopologyDescription description, Class<T> kind) {
        return description.subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(kind::isInstance)
                .map(kind::cast);
    }

    private static Set<Topic> topics(Set<String> names) {
        return Arrays.stream(Topic.values())
                .filter(topic -> names.contains(topic.name(NO_PREFIX)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
