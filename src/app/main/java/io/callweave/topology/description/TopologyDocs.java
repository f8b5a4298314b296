package io.callweave.topology.description;

import io.callweave.settings.value.PartitionBy;
import io.callweave.topics.Topic;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.TopologyConfig;
import io.callweave.topology.TopologyOptions;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.windows.WindowOptions;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;

/** The topology as Kafka describes it, as a picture, and as a page. The page's texts are in {@link TopologyTexts}. */
public final class TopologyDocs {

    private static final Pattern IN_BRACKETS = Pattern.compile("\\[([^\\]]*)]");
    private static final Pattern BEHIND_ARROW = Pattern.compile("(?m)((?:-->|<--) )(.*)$");

    private final TopologyDescription description;
    private final TopologyTexts texts;

    TopologyDocs(TopologyDescription description, TopologyTexts texts) {
        this.description = description;
        this.texts = texts;
    }

    /** Of the topology that the product runs by default. */
    public static TopologyDocs of(String topicPrefix) {
        return of(topicPrefix, PartitionBy.SESSION, Set.of());
    }

    /**
     * Of the topology that the product runs with these settings; no other setting changes it. {@link #markdown()} has texts for
     * the default only.
     *
     * @param off the outputs that are not written
     */
    public static TopologyDocs of(String topicPrefix, PartitionBy partitionBy, Set<Topic> off) {
        TopologyConfig config = new TopologyConfig(
                TopologyOptions.under(topicPrefix, CallOptions.DEFAULT, WindowOptions.DEFAULT)
                        .without(off)
                        .partitionedBy(partitionBy),
                Topic.DEFAULT_PARTITIONS,
                TopologyConfig.Clock.system((partition, lastOffset) -> OptionalLong.empty()),
                TopologyConfig.Listener.NONE);
        return new TopologyDocs(CallweaveTopology.build(config).describe(), TopologyTexts.read());
    }

    TopologyDescription description() {
        return description;
    }

    /** As Kafka prints it, but with the names of each list sorted: it keeps some of them in no order. */
    public String text() {
        String printed =
                IN_BRACKETS.matcher(description.toString()).replaceAll(list -> "[" + sorted(list.group(1)) + "]");
        return BEHIND_ARROW
                        .matcher(printed)
                        .replaceAll(list -> list.group(1) + sorted(list.group(2)))
                        .stripTrailing()
                + "\n";
    }

    private static String sorted(String names) {
        return Arrays.stream(names.split(", ")).sorted().collect(Collectors.joining(", "));
    }

    /** A flowchart for Mermaid: processors, stores, topics, and what leads to what. */
    public String mermaid() {
        return TopologyPicture.of(description);
    }

    /**
     * The picture, and a paragraph for each node and store.
     *
     * @throws IllegalStateException if one has no text, or a text is about none; the message names it
     */
    public String markdown() {
        Map<String, String> nodes = new TreeMap<>();
        Map<String, SortedSet<String>> users = new TreeMap<>();
        Set<String> globals = description.globalStores().stream()
                .flatMap(global -> global.processor().stores().stream())
                .collect(Collectors.toSet());
        nodes().forEach(node -> {
            nodes.put(node.name(), facts(node));
            if (node instanceof Processor processor) {
                processor
                        .stores()
                        .forEach(store -> users.computeIfAbsent(store, name -> new TreeSet<>())
                                .add(node.name()));
            }
        });
        Map<String, String> stores = new TreeMap<>();
        users.forEach((store, processors) -> stores.put(
                store,
                "Store of " + codes(processors)
                        + (globals.contains(store)
                                ? "; whole in the memory of each instance, without a changelog topic."
                                : "; changelog topic `<application.id>-" + store + "-changelog`.")));
        TopologyTexts whole = texts.withSinks(nodes.keySet());
        whole.check(nodes.keySet(), stores.keySet());

        StringBuilder page = new StringBuilder(texts.introduction());
        page.append("\n```mermaid\n").append(mermaid()).append("```\n");
        append(page, "Nodes", whole.nodes(), nodes);
        append(page, "Stores", whole.stores(), stores);
        return page.toString();
    }

    private static void append(
            StringBuilder page, String heading, List<TopologyTexts.Section> sections, Map<String, String> facts) {
        page.append("\n## ").append(heading).append('\n');
        for (TopologyTexts.Section section : sections) {
            page.append("\n### ").append(codes(section.names())).append("\n\n");
            if (section.names().size() == 1) {
                String fact = facts.getOrDefault(section.names().get(0), "");
                page.append('*').append(fact).append("*\n\n");
            }
            page.append(section.text());
        }
    }

    private static String facts(Node node) {
        if (node instanceof Source source) {
            return "Source of topic " + codes(source.topicSet()) + "; to " + names(node.successors()) + ".";
        }
        if (node instanceof Sink sink) {
            return "Sink to topic `" + sink.topic() + "`; from " + names(node.predecessors()) + ".";
        }
        SortedSet<String> stores = new TreeSet<>(((Processor) node).stores());
        return "Processor; from " + names(node.predecessors())
                + (node.successors().isEmpty() ? "" : "; to " + names(node.successors()))
                + (stores.isEmpty() ? "" : "; stores " + codes(stores)) + ".";
    }

    private static String names(Collection<Node> nodes) {
        return codes(nodes.stream().map(Node::name).sorted().toList());
    }

    private static String codes(Iterable<String> names) {
        StringBuilder codes = new StringBuilder();
        names.forEach(name -> codes.append(codes.isEmpty() ? "" : ", ")
                .append('`')
                .append(name)
                .append('`'));
        return codes.toString();
    }

    private Stream<Node> nodes() {
        return Stream.concat(
                description.subtopologies().stream().flatMap(part -> part.nodes().stream()),
                description.globalStores().stream().flatMap(global -> Stream.of(global.source(), global.processor())));
    }
}
