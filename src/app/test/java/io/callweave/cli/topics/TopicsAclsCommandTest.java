package io.callweave.cli.topics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TopicsAclsCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void shouldPrintATableOfTheRolesThatAreNamed() {
        int status = acls("--principal=User:a", "--role=bridge", "--role=directory", "--topics-prefix=cw.");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString().lines().map(line -> line.replaceAll(" {2,}", "|")))
                .containsExactly(
                        "role|principal|host|resource|pattern|name|operations|for",
                        "bridge|User:a|*|topic|literal|cw.notifications|Write,DescribeConfigs|write notifications;"
                                + " read the limits of record sizes",
                        "bridge|User:a|*|topic|literal|cw.feed-gaps|Read,Write,DescribeConfigs|only for"
                                + " accounts with credentials: write gaps; share accounts among bridges",
                        "bridge|User:a|*|topic|literal|cw.directory|Read,Write|only for accounts with credentials:"
                                + " write names of extensions",
                        "bridge|User:a|*|topic|literal|cw.calls|Read|only for accounts with credentials: find"
                                + " recordings that are not ready, compare calls with the Call Log and bring those of gaps",
                        "bridge|User:a|*|topic|literal|cw.audits|Read,Write,DescribeConfigs|only with audit.every:"
                                + " write comparisons with the Call Log",
                        "bridge|User:a|*|topic|literal|cw.dead-letters|Write,DescribeConfigs|write what cannot be"
                                + " used; read the limits of record sizes",
                        "bridge|User:a|*|group|literal|callweave-bridge|Read|only for accounts with"
                                + " credentials: share accounts among bridges",
                        "directory|User:a|*|topic|literal|cw.directory|Read,Write|read, write and find"
                                + " the directory");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--json", "--format=json"})
    void shouldPrintTheSameAsJson(String option) throws Exception {
        int status = acls("--principal=User:a", "--role=directory", "--topics-prefix=cw.", option);

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(new ObjectMapper().readTree(out.toString()))
                .hasToString(
                        "[{\"role\":\"directory\",\"principal\":\"User:a\",\"host\":[\"*\"],\"resource\":\"topic\","
                                + "\"pattern\":\"literal\",\"name\":\"cw.directory\","
                                + "\"operations\":[\"Read\",\"Write\"],"
                                + "\"for\":\"read, write and find the directory\"}]");
    }

    @Test
    void shouldTakeAllRolesIfNoneIsNamed() {
        int status = acls("--principal=User:a", "--application-id=mine");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString().lines().map(line -> line.split(" ", 2)[0]).distinct())
                .containsExactly("role", "bridge", "streams", "deliver", "console", "topics", "directory");
        assertThat(out.toString()).containsPattern("group +literal +mine +Read ");
    }

    @Test
    void shouldPrintCommandsThatTakeTheBrokersFromTheShell() {
        int status = acls("--principal=User:a", "--role=directory", "--host=10.0.0.1", "--format=kafka-acls");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out)
                .hasToString("kafka-acls.sh --bootstrap-server \"$CALLWEAVE_BOOTSTRAP_SERVERS\" --command-config"
                        + " admin.properties --add --allow-principal User:a --allow-host 10.0.0.1 --operation Read"
                        + " --operation Write --topic callweave.directory"
                        + " --resource-pattern-type literal\n");
    }

    @Test
    void shouldPrintAUserOfTheNamedCluster() {
        int status = acls("--principal=User:a", "--role=bridge", "--format=strimzi", "--cluster=main");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(out.toString()).contains("kind: KafkaUser\n", "  name: \"a\"\n", "strimzi.io/cluster: \"main\"\n");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            --principal=a | --principal is "a"; it must be a type and a name, such as User:callweave.
            --principal=User:a --role=all | --role is "all"; it must be one of bridge, streams, deliver, console, topics, directory.
            --principal=User:a --format=xml | --format is "xml"; it must be one of text, json, kafka-acls, strimzi.
            --principal=User:a --host=kafka-1 | --host is "kafka-1"; it must be an IP address, because Kafka compares no names.
            --principal=User:A --format=strimzi | The principal User:A cannot be the name of a Kubernetes resource
            --role=bridge | --principal is missing.
            """)
    void shouldSayWhichOptionIsWrong(String options, String sentence) {
        int status = acls(options.split(" "));

        assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).startsWith("callweave: " + sentence);
        assertThat(out.toString()).isEmpty();
    }

    /** Or else streams could read and delete every topic, with the secrets of webhooks. */
    @ParameterizedTest
    @CsvSource({
        "callweave-, callweave, callweave-notifications, callweave-",
        "a-b., a, a-b.notifications, a-",
        "'', party, party-events, party-",
        "a_deliver-, a, a_deliver-notifications, a_deliver-"
    })
    void shouldRefuseTopicsThatBeginAsInternalOnes(String prefix, String id, String topic, String internal) {
        String sentence = "callweave: With topics.prefix \"%s\" and application.id \"%s\", the topic %s begins with %s,"
                .formatted(prefix, id, topic, internal);
        String[] names = {"--topics-prefix=" + prefix, "--application-id=" + id, "--bootstrap-servers=127.0.0.1:1"};

        for (List<String> command : List.of(
                List.of("topics", "acls", "--principal=User:a", "--role=bridge"),
                List.of("topics", "create"),
                List.of("streams"),
                List.of("deliver"))) {
            err.getBuffer().setLength(0);

            assertThat(execute(command, names)).isEqualTo(ExitStatus.WRONG_USAGE);
            assertThat(err.toString()).startsWith(sentence);
            assertThat(out.toString()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"callweave., callweave", "callweave-, callweave-b", "callweave, callweave", "callweave-, cw"})
    void shouldTakeOtherNames(String prefix, String id) {
        assertThat(acls("--principal=User:a", "--topics-prefix=" + prefix, "--application-id=" + id))
                .isEqualTo(ExitStatus.DONE);
    }

    private int acls(String... options) {
        return execute(List.of("topics", "acls"), options);
    }

    private int execute(List<String> command, String... options) {
        List<String> arguments = new ArrayList<>(command);
        arguments.addAll(Arrays.asList(options));
        return Callweave.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments.toArray(String[]::new));
    }
}
