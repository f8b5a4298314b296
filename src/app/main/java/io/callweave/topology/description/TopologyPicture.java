package io.callweave.topology.description;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.streams.TopologyDescription;
import org.apache.kafka.streams.TopologyDescription.GlobalStore;
import org.apache.kafka.streams.TopologyDescription.Node;
import org.apache.kafka.streams.TopologyDescription.Processor;
import org.apache.kafka.streams.TopologyDescription.Sink;
import org.apache.kafka.streams.TopologyDescription.Source;
import org.apache.kafka.streams.TopologyDescription.Subtopology;

/** A topology as a flowchart for Mermaid. Nodes that only pass on are left out; the edges run through them. */
final class TopologyPicture {

    private static final String REPARTITION_FILTER = "-repartition-filter";

    private final StringBuilder out = new StringBuilder("flowchart TB\n");
    private final Set<String> topics = new TreeSet<>();
    private final Set<String> edges = new LinkedHashSet<>();

    private TopologyPicture() {}

    static String of(TopologyDescription description) {
        TopologyPicture picture = new TopologyPicture();
        List<Subtopology> parts = description.subtopologies().stream()
                .sorted(Comparator.comparingInt(Subtopology::id))
                .toList();
        parts.forEach(picture::part);
        description.globalStores().stream()
                .sorted(Comparator.comparingInt(GlobalStore::id))
                .forEach(picture::global);
        picture.topics.forEach(topic -> picture.line(1, topicId(topic) + "[(\"" + topic + "\")]"));
        picture.edges.forEach(edge -> picture.line(1, edge));
        return picture.out.toString();
    }

    /** Whether a node only passes on. Known by name, so that a new node of another name shows. */
    static boolean isHelper(Node node) {
        return node instanceof Processor processor
                && processor.stores().isEmpty()
                && node.name().endsWith(REPARTITION_FILTER);
    }

    private void part(Subtopology part) {
        line(1, "subgraph part" + part.id() + "[\"sub-topology " + part.id() + ": a task for each partition\"]");
        for (Node node : byName(part.nodes())) {
            if (!isHelper(node)) {
                node(node);
            }
        }
        line(1, "end");
    }

    private void global(GlobalStore global) {
        line(1, "subgraph global" + global.id() + "[\"in each instance, for all its tasks\"]");
        node(global.source());
        node(global.processor());
        line(1, "end");
    }

    private void node(Node node) {
        String id = id(node);
        if (node instanceof Source source) {
            line(2, id + "([\"source<br/>" + node.name() + "\"])");
            for (String topic : new TreeSet<>(source.topicSet())) {
                topics.add(topic);
                edges.add(topicId(topic) + " --> " + id);
            }
        } else if (node instanceof Sink sink) {
            line(2, id + "([\"sink<br/>" + node.name() + "\"])");
            topics.add(sink.topic());
            edges.add(id + " --> " + topicId(sink.topic()));
        } else {
            line(2, id + "[\"<b>" + node.name() + "</b>\"]");
            for (String store : new TreeSet<>(((Processor) node).stores())) {
                line(2, storeId(store) + "[[\"store<br/>" + store + "\"]]");
                edges.add(id + " <-.-> " + storeId(store));
            }
        }
        for (Node next : drawnSuccessors(node)) {
            edges.add(id + " --> " + id(next));
        }
    }

    private static List<Node> drawnSuccessors(Node node) {
        List<Node> drawn = new ArrayList<>();
        for (Node next : byName(node.successors())) {
            if (isHelper(next)) {
                drawn.addAll(drawnSuccessors(next));
            } else {
                drawn.add(next);
            }
        }
        return drawn;
    }

    private static List<Node> byName(Collection<Node> nodes) {
        return nodes.stream().sorted(Comparator.comparing(Node::name)).toList();
    }

    private void line(int depth, String text) {
        out.append("    ".repeat(depth)).append(text).append('\n');
    }

    private static String id(Node node) {
        return id("node", node.name());
    }

    private static String topicId(String topic) {
        return id("topic", topic);
    }

    private static String storeId(String store) {
        return id("store", store);
    }

    /** With a word in front, because some words alone mean something to Mermaid. */
    private static String id(String kind, String name) {
        return kind + "_" + name.replaceAll("[^A-Za-z0-9]", "_");
    }
}
