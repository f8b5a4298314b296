package io.callweave.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.callweave.deliver.subscription.SubscriptionJson;
import io.callweave.deliver.subscription.Subscriptions;
import io.callweave.local.Brokers;
import io.callweave.local.ChildJvm;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.Topics;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Names that steer a terminal or are not seen, in files, in topics and in answers of servers: no command prints them to a
 * terminal as they are. {@code HostileTextsTest} tries arguments.
 */
@Tag("full")
class HostileTextsIT {

    /** A line break in it must not begin a line either. */
    private static final String TEXT =
            "A\u001B[31m\u202Eb\u200Bc\u0000d\u009B2Je\u2028f\u007F\r\ncallweave: All is well.";

    /** The same in JSON. */
    private static final String HOSTILE =
            TEXT.chars().mapToObj("\\u%04x"::formatted).collect(Collectors.joining());

    private static final Pattern STEERS =
            Pattern.compile("[\\p{Cntrl}&&[^\n]]|\\p{Cf}|[\u0080-\u009F\u2028\u2029]|(?m)^callweave: All is well");

    private static final String PREFIX = "t.";

    private static final String LINE = """
            {"event":"/restapi/v1.0/account/1/telephony/sessions","timestamp":"2026-03-02T09:00:00Z","body":{"sequence":2,\
            "telephonySessionId":"s-1","eventTime":"2026-03-02T09:00:00Z","parties":[{"id":"p-1-1","accountId":"1",\
            "extensionId":"7","direction":"Inbound","from":{"name":"NAME","phoneNumber":"NAME"},"to":{"name":"NAME"},\
            "status":{"code":"Disconnected","reason":"NAME"}}]}}
            """.replace("NAME", HOSTILE);

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;
    private static HttpServer server;

    @BeforeAll
    static void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] answer = answer(exchange.getRequestURI().getPath()).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        Files.writeString(folder.resolve("calls.ndjson"), LINE);
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")));
        try (Admin admin = Brokers.admin(kafka);
                Producer<String, byte[]> producer = Brokers.producer(kafka)) {
            Topics.create(admin, TopicPlan.withPrefix(PREFIX), 1, (short) 1);
            send(producer, Topic.CALLS, "1/s-1", exported("calls"));
            send(producer, Topic.PARTY_METRICS, "1/s-1/p-1-1", exported("rows"));
            send(producer, Topic.PARTY_EVENTS, "s-1", exported("events"));
            send(
                    producer,
                    Topic.DIRECTORY,
                    "1/7",
                    json("{'accountId':'1','extensionId':'7','name':'NAME','site':'NAME','department':'NAME'}"));
            send(producer, Topic.DIRECTORY, "NAME", "{");
            send(
                    producer,
                    Topic.DELIVER_SUBSCRIPTIONS,
                    "sub-1",
                    new String(SubscriptionJson.write(Subscriptions.to("sub-1", "https://a.example/")), UTF_8)
                            .replace("\"account\":\"*\"", "\"account\":\"" + HOSTILE + "\""));
            send(producer, Topic.DELIVER_SUBSCRIPTIONS, "NAME", "{");
            send(
                    producer,
                    Topic.DELIVER_DEAD_LETTERS,
                    "1/s-1",
                    "{}",
                    Headers.text("subscription", "sub-1"),
                    Headers.text("webhookId", TEXT));
        }
    }

    private static void send(
            Producer<String, byte[]> producer, Topic topic, String key, String value, Header... headers)
            throws Exception {
        producer.send(new ProducerRecord<>(
                        topic.name(PREFIX), 0, key.replace("NAME", TEXT), value.getBytes(UTF_8), List.of(headers)))
                .get();
    }

    private static String exported(String what) throws IOException, InterruptedException {
        String calls = folder.resolve("calls.ndjson").toString();
        return CommandProcess.run(null, "export", calls, "--what", what).out().strip();
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        kafka.close();
    }

    private static String json(String text) {
        return text.replace('\'', '"').replace("NAME", HOSTILE);
    }

    /** The answer of a role at this path, with hostile names. */
    private static String answer(String path) {
        if (path.startsWith("/deliver")) {
            return json("{'instances':[{'address':'NAME','answers':false}],'endpoints':[{'subscription':'NAME',"
                    + "'endpoint':'NAME','state':'NAME','lastFailure':'NAME'}]}");
        }
        if (path.endsWith("/token")) {
            return json("{'access_token':'t','expires_in':3600,'scope':'NAME','owner_id':'NAME'}");
        }
        if (path.contains("/subscription")) {
            String one = "'id':'sub-1','status':'NAME','eventFilters':['NAME'],"
                    + "'expirationTime':'2036-11-20T10:00:00.000Z','deliveryMode':{'transportType':'WebHook',"
                    + "'address':'NAME'},'disabledReason':'NAME'";
            return json("{" + one + ",'records':[{" + one + "}]}");
        }
        return json("{'id':'NAME','errorCode':'NAME','message':'NAME'}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "assemble FILE",
                "assemble FILE --format json",
                "explain FILE --call s-1",
                "run FILE --format json",
                "replay FILE --to-prefix other. CLUSTER",
                "export FILE --what rows",
                "export FILE --what events",
                "export CLUSTER",
                "export CLUSTER --format csv",
                "export CLUSTER --what rows",
                "export CLUSTER --what events",
                "report --out FOLDER CLUSTER",
                "directory load FILE CLUSTER",
                "directory show CLUSTER",
                "directory show --json CLUSTER",
                "directory delete 1/7 1/9 CLUSTER",
                "deliver subscriptions list CLUSTER",
                "deliver subscriptions list --json CLUSTER",
                "deliver subscriptions pause sub-1 CLUSTER",
                "deliver retry --all --dry-run CLUSTER",
                "deliver status --url SERVER",
                "deliver status --url SERVER --json",
                "subscribe list RINGCENTRAL",
                "subscribe list --json RINGCENTRAL",
                "subscribe doctor RINGCENTRAL",
                "subscribe create RINGCENTRAL",
                "subscribe delete --strays RINGCENTRAL"
            })
    void shouldShowMarksForThem(String command) throws Exception {
        String whole = command.replace("FILE", folder.resolve("calls.ndjson").toString())
                .replace("FOLDER", Files.createTempDirectory(folder, "report").toString())
                .replace("CLUSTER", "--bootstrap-servers=" + kafka.bootstrapServers() + " --topics-prefix=" + PREFIX)
                .replace(
                        "RINGCENTRAL",
                        "--address https://127.0.0.1:1/webhooks/1 --ringcentral-server=SERVER --ringcentral-client-id=app"
                                + " --ringcentral-client-secret=hush --ringcentral-jwt=the.jwt.signed")
                .replace("SERVER", "http://127.0.0.1:" + server.getAddress().getPort());

        String printed = onTerminal(whole.split(" "));

        assertThat(printed.replace("\r\n", "\n")).isNotEmpty().doesNotContainPattern(STEERS); // lines of CSV
    }

    private String onTerminal(String... arguments) throws IOException, InterruptedException {
        Path printed = Files.createTempFile(folder, "printed", "");
        ProcessBuilder builder = new ProcessBuilder(
                        ChildJvm.command(Callweave.class.getName(), "-Dcallweave.stdout-terminal=true"))
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile());
        builder.command().addAll(Arrays.asList(arguments));
        builder.command().add("--color=never");
        builder.environment().keySet().removeIf(name -> name.startsWith("CALLWEAVE_"));
        Process process = builder.start();
        assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
        String text = Files.readString(printed);
        System.out.println(String.join(" ", arguments) + ": " + process.exitValue() + "\n" + text);
        return text;
    }
}
