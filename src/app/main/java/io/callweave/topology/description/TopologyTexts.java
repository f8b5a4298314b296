package io.callweave.topology.description;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.schema.Schemas;
import io.callweave.topics.Topic;
import io.callweave.topology.CallweaveTopology;
import io.callweave.topology.message.StageOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * What is written by hand about the nodes and stores of the topology, but for sinks of which the schema says enough: one file, in the order in which it is to be read. A
 * line {@code = node NAME …} or {@code = store NAME …} begins a section; before the first is the introduction.
 */
record TopologyTexts(String introduction, List<Section> nodes, List<Section> stores) {

    static final String FILE = "topology-texts.txt";

    private static final String MARK = "= ";

    /**
     * A paragraph.
     *
     * @param names of the nodes or stores that it is about
     */
    record Section(List<String> names, String text) {}

    TopologyTexts {
        nodes = List.copyOf(nodes);
        stores = List.copyOf(stores);
    }

    static TopologyTexts read() {
        try (InputStream file = Objects.requireNonNull(TopologyTexts.class.getResourceAsStream(FILE), FILE)) {
            return parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TopologyTexts parse(String texts) {
        List<Section> nodes = new ArrayList<>();
        List<Section> stores = new ArrayList<>();
        String[] parts = ("\n" + texts).split("\n" + MARK, -1);
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            String[] headAndText = part.split("\n", 2);
            List<String> words = List.of(headAndText[0].split(" +"));
            Section section = new Section(words.subList(1, words.size()), headAndText[1].strip() + "\n");
            switch (words.get(0)) {
                case "node" -> nodes.add(section);
                case "store" -> stores.add(section);
                default -> throw new IllegalStateException(FILE + " has a section of the unknown kind " + words.get(0));
            }
        }
        return new TopologyTexts(parts[0].strip() + "\n", nodes, stores);
    }

    /** The same with a text from the schema of its topic for each sink that has none here. */
    TopologyTexts withSinks(Collection<String> nodesThere) {
        List<Section> all = new ArrayList<>(nodes);
        for (Topic topic : StageOutput.TOPICS) {
            String sink = CallweaveTopology.sink(topic);
            if (nodesThere.contains(sink)
                    && nodes.stream().noneMatch(section -> section.names().contains(sink))) {
                ObjectNode schema = Schemas.ofValue(topic.suffix());
                String see = schema.path("x-see").asText();
                all.add(new Section(
                        List.of(sink),
                        schema.path("description").asText() + "\nMore: [" + see + "](../docs/" + see + ").\n"));
            }
        }
        return new TopologyTexts(introduction, all, stores);
    }

    /** @throws IllegalStateException if one has no text, or more than one, or a text is about none */
    void check(Collection<String> nodesThere, Collection<String> storesThere) {
        check("node", nodesThere, nodes);
        check("store", storesThere, stores);
    }

    private static void check(String kind, Collection<String> there, List<Section> sections) {
        TreeSet<String> missing = new TreeSet<>(there);
        for (Section section : sections) {
            for (String name : section.names()) {
                if (!missing.remove(name)) {
                    throw new IllegalStateException(FILE + " has a text about the " + kind + " " + name
                            + ", which is not there or has one already.");
                }
            }
        }
        if (!missing.isEmpty()) {
            throw new IllegalStateException(FILE + " has no text about the " + kind + " " + missing.first() + ".");
        }
    }
}
