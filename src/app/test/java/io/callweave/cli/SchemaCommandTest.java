package io.callweave.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.common.ExitStatus;
import io.callweave.schema.Schemas;
import io.callweave.topics.Topic;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import picocli.CommandLine;

class SchemaCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLine callweave =
            Callweave.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));

    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldPrintTheSchemasOfATopic(Topic topic) {
        assertThat(callweave.execute("schema", topic.suffix())).isEqualTo(ExitStatus.DONE);
        assertThat(callweave.execute("schema", topic.suffix(), "--headers")).isEqualTo(ExitStatus.DONE);

        assertThat(out.toString())
                .isEqualTo(Schemas.print(Schemas.ofValue(topic.suffix()))
                        + Schemas.print(Schemas.ofHeaders(topic.suffix())));
    }

    /** As the name is on the broker. */
    @ParameterizedTest
    @EnumSource(Topic.class)
    void shouldTakeAPrefix(Topic topic) {
        assertThat(callweave.execute("schema", topic.name(Topic.DEFAULT_PREFIX)))
                .isEqualTo(ExitStatus.DONE);

        assertThat(out.toString()).isEqualTo(Schemas.print(Schemas.ofValue(topic.suffix())));
    }

    @Test
    void shouldListTheTopics() {
        int status = callweave.execute("schema");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString().lines())
                .hasSize(Topic.values().length)
                .anyMatch(line ->
                        line.startsWith("calls                  accountId/callId: One record per finished call,"));
    }

    @Test
    void shouldPrintTheSchemaOfWebhooks() {
        assertThat(callweave.execute("schema", "webhook")).isEqualTo(ExitStatus.DONE);

        assertThat(out.toString()).isEqualTo(Schemas.print(Schemas.ofWebhook()));
    }

    @Test
    void shouldPrintTheAsyncApiDocument() {
        int status = callweave.execute("schema", "--asyncapi");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).startsWith("{\n  \"asyncapi\" : \"3.0.0\",").endsWith("}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "call, There is no topic call; there are notifications,",
        "--headers, --headers needs a topic.",
        "webhook --headers, --headers needs a topic; webhooks are no records.",
        "calls --asyncapi, --asyncapi is about all topics: name none."
    })
    void shouldSayWhatIsWrong(String arguments, String sentence) {
        String[] all = ("schema " + arguments).split(" ", -1);

        assertThat(callweave.execute(all)).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).startsWith("callweave: " + sentence);
    }
}
