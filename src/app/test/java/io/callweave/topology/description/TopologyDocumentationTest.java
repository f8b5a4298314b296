package io.callweave.topology.description;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.callweave.topics.Topic;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Test;

class TopologyDocumentationTest {

    private static final Path FOLDER = Path.of("topology-docs");
    private static final TopologyDocs DOCS = TopologyDocs.of(Topic.DEFAULT_PREFIX);

    @Test
    void shouldHoldTheDescriptionOfTheTopology() throws Exception {
        assertHolds(FOLDER.resolve("topology.txt"), DOCS.text());
    }

    @Test
    void shouldHoldThePageOfTheTopology() throws Exception {
        assertHolds(FOLDER.resolve("README.md"), DOCS.markdown());
    }

    private static void assertHolds(Path file, String current) throws Exception {
        if (Boolean.getBoolean("callweave.write-docs")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, current, StandardCharsets.UTF_8);
        } else {
            assertThat(Files.readString(file, StandardCharsets.UTF_8))
                    .as(file + " is stale; to write it anew: "
                            + "mvn test -Dtest=TopologyDocumentationTest -Dcallweave.write-docs=true")
                    .isEqualTo(current);
        }
    }

    @Test
    void shouldSayTheSameAsKafkaInAnOrderOfItsOwn() {
        String printed = DOCS.description().toString();

        assertThat(words(DOCS.text())).isEqualTo(words(printed));
        assertThat(DOCS.text()).contains("(stores: [calls, due, windows])");
    }

    private static List<String> words(String text) {
        return Pattern.compile("[^\\s,\\[\\]()]+")
                .matcher(text)
                .results()
                .map(match -> match.group())
                .sorted()
                .toList();
    }

    @Test
    void shouldDrawEveryTopicAndStoreAndWhatHasOne() {
        assertThat(DOCS.mermaid().lines())
                .startsWith("flowchart TB")
                .contains(
                        "    topic_callweave_notifications --> node_notifications",
                        "    node_notifications --> node_route_to_account",
                        "    node_route_to_account --> node_routed_repartition_sink",
                        "    node_routed_repartition_sink --> topic_routed_repartition",
                        "    topic_routed_repartition --> node_routed_repartition_source",
                        "    node_routed_repartition_source --> node_assemble_calls",
                        "    node_assemble_calls <-.-> store_calls",
                        "    node_assemble_calls --> node_to_party_events",
                        "    node_assemble_calls --> node_to_calls",
                        "    node_to_calls --> topic_callweave_calls",
                        "    node_route_to_account --> node_to_dead_letters",
                        "    node_assemble_calls --> node_to_stage_dead_letters",
                        "    node_to_stage_dead_letters --> topic_callweave_dead_letters");
    }

    @Test
    void shouldUseThePrefixOfTopics() {
        TopologyDocs docs = TopologyDocs.of("acme-");

        assertThat(docs.text()).contains("(topics: [acme-notifications])").doesNotContain("callweave.");
        assertThat(docs.mermaid()).contains("topic_acme_calls[(\"acme-calls\")]");
        assertThat(docs.markdown()).contains("Sink to topic `acme-calls`");
    }

    @Test
    void shouldWriteAParagraphForEachNode() {
        TopologyDocs docs = docs("About it.\n= node in\nReads.\n= node shout\nShouts.\n= node out\nWrites.\n");

        assertThat(docs.markdown())
                .isEqualTo("About it.\n\n```mermaid\n" + docs.mermaid() + "```\n\n## Nodes\n"
                        + "\n### `in`\n\n*Source of topic `heard`; to `shout`.*\n\nReads.\n"
                        + "\n### `shout`\n\n*Processor; from `in`; to `out`.*\n\nShouts.\n"
                        + "\n### `out`\n\n*Sink to topic `said`; from `shout`.*\n\nWrites.\n"
                        + "\n## Stores\n");
    }

    @Test
    void shouldFailWhereANodeHasNoText() {
        TopologyDocs docs = docs("= node in out\nReads and writes.\n");

        assertThatThrownBy(docs::markdown).hasMessage("topology-texts.txt has no text about the node shout.");
    }

    @Test
    void shouldFailWhereATextIsAboutANodeOrStoreThatIsGone() {
        TopologyDocs aboutNode = docs("= node in whisper shout out\nAll of them.\n");
        TopologyDocs aboutStore = docs("= node in shout out\nAll of them.\n= store words\nHolds words.\n");

        assertThatThrownBy(aboutNode::markdown)
                .hasMessage(
                        "topology-texts.txt has a text about the node whisper, which is not there or has one already.");
        assertThatThrownBy(aboutStore::markdown)
                .hasMessage(
                        "topology-texts.txt has a text about the store words, which is not there or has one already.");
    }

    private static TopologyDocs docs(String texts) {
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("heard", Consumed.with(Serdes.String(), Serdes.String()).withName("in"))
                .mapValues(words -> words.toUpperCase(Locale.ROOT), Named.as("shout"))
                .to("said", Produced.with(Serdes.String(), Serdes.String()).withName("out"));
        return new TopologyDocs(builder.build().describe(), TopologyTexts.parse(texts));
    }
}
