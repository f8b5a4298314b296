package io.callweave.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.read.ListAppender;
import io.callweave.bridge.DurableSink;
import io.callweave.bridge.Intake;
import io.callweave.bridge.IntakeListener;
import io.callweave.bridge.IntakeRules;
import io.callweave.bridge.Owner;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.Receipt;
import io.callweave.bridge.SinkStatus;
import io.callweave.bridge.feed.Deliveries;
import io.callweave.deliver.Outcome;
import io.callweave.deliver.address.AddressGuard;
import io.callweave.deliver.post.EndpointClient;
import io.callweave.deliver.post.PostLimits;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Whatever text of others comes into a line of the log or into an error: it shows no whole phone number. */
class NumbersInLogsTest {

    private static final String DIGITS = "5550100002";

    /** The same number, as people and programs write it. */
    private static final List<String> WRITTEN = List.of(
            "+15550100002",
            "+1 555 010 0002",
            "+1 (555) 010-0002",
            "+1.555.010.0002",
            "+1/555/010/0002",
            "(555) 010-0002",
            "1-555-010-0002",
            "15550100002",
            "5550100002",
            "0015550100002");

    @TempDir
    private Path folder;

    static List<String> written() {
        return WRITTEN;
    }

    @ParameterizedTest
    @MethodSource("written")
    void shouldShowNoneInALineOfTheLog(String number) throws Exception {
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        Logger logger = logger(events);
        Exception failure = new IllegalStateException(
                "no such value: " + number, new IOException("{\"phoneNumber\":\"" + number + "\"}"));
        failure.addSuppressed(new IOException("dial " + number));

        logger.atError()
                .setMessage("The call from {} failed, at https://crm.example/notes/" + number + "?to="
                        + URLEncoder.encode(number, UTF_8))
                .addArgument(number)
                .addKeyValue("failure", "cannot read \"" + number + "\"")
                .addKeyValue("call", number)
                .setCause(failure)
                .log();

        assertThat(asText(events.list)).contains("no such value", "02");
        assertThat(asJson(events.list)).contains("no such value", "02");
        assertNone(asText(events.list) + asJson(events.list));
    }

    private static Logger logger(ListAppender<ILoggingEvent> events) {
        LoggerContext source = new LoggerContext();
        source.setMDCAdapter(new LogbackMDCAdapter());
        Logger logger = source.getLogger("io.callweave.Any");
        logger.addAppender(events);
        events.start();
        return logger;
    }

    /** An id that looks like a number, or a place on a topic, is needed as it is. */
    @Test
    void shouldShowAccountsAndOffsetsWhole() throws Exception {
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        Logger logger = logger(events);

        logger.atInfo()
                .setMessage("Any.")
                .addKeyValue("account", "3058829020")
                .addKeyValue("offset", 2_147_483_999L)
                .log();

        assertThat(asText(events.list)).contains("3058829020", "2147483999");
        assertThat(asJson(events.list)).contains("3058829020", "2147483999");
    }

    /** All that the intake of the bridge logs about notifications, the most talkative level included. */
    @ParameterizedTest
    @MethodSource("written")
    void shouldShowNoneOfANotification(String number) throws Exception {
        Logger root = (Logger) LoggerFactory.getLogger("io.callweave");
        Level before = root.getLevel();
        ListAppender<ILoggingEvent> events = new ListAppender<>();
        events.start();
        root.addAppender(events);
        root.setLevel(Level.TRACE);
        try {
            for (DurableSink sink : List.of(new Sink(number, false), new Sink(number, true))) {
                Intake intake =
                        new Intake(IntakeRules.of("", 2_000), sink, IntakeListener.NONE, InstantSource.system());
                Deliveries deliveries = new Deliveries(intake, Owner.ANYBODY, 1);
                for (String value : hostile(number)) {
                    deliveries.take(value, new Receipt("websocket", 1, "websocket:1"));
                }
            }
        } finally {
            root.setLevel(before);
            root.detachAppender(events);
        }

        assertThat(events.list).isNotEmpty();
        assertNone(asText(events.list) + asJson(events.list));
    }

    private static List<String> hostile(String number) {
        String normal = """
                {"uuid":"1","event":"/restapi/v1.0/account/1/telephony/sessions","timestamp":"2026-03-02T09:00:00Z","body":{
                "sequence":2,"telephonySessionId":"s-1","eventTime":"2026-03-02T09:00:00Z","parties":[{"id":"p-1-1",
                "from":{"phoneNumber":"NUMBER"},"to":{"name":"NUMBER"},"status":{"code":"Setup"},"x":{"NUMBER":"NUMBER"}}]}}
                """.replace("NUMBER", number);
        return List.of(
                normal,
                normal.replace("\"s-1\"", "\"" + number + "\""),
                normal.replace("sequence\":2", "sequence\":\"" + number + "\""),
                normal.replace("}}\n", ""),
                number,
                "{\"body\":" + number,
                "[\"" + number + "\"]",
                normal + " ".repeat(2_000));
    }

    /** Fails with what it was given, as no sink of ours does. */
    private record Sink(String number, boolean fails) implements DurableSink {

        @Override
        public CompletableFuture<Kept> keep(RawRecord record) {
            return fails
                    ? CompletableFuture.failedFuture(new IllegalStateException("cannot keep " + number))
                    : CompletableFuture.completedFuture(Kept.KEPT);
        }

        @Override
        public SinkStatus status() {
            return new SinkStatus(0, 0, 0, true, false);
        }

        @Override
        public void close() {}
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TEXT",
                "assemble FILE --format TEXT",
                "assemble TEXT",
                "explain FILE --call TEXT",
                "explain FILE --call s-1 TEXT",
                "config --completion-linger TEXT",
                "config --set TEXT=1",
                "config --set privacy.exclude=nummer:TEXT",
                "config --set deliver.allowed-networks=TEXT",
                "export --what calls --privacy-exclude nummer:TEXT",
                "report FILE --out TEXT/x --time-zone TEXT"
            })
    void shouldShowNoneInAnError(String command) throws Exception {
        Path file = Files.writeString(folder.resolve("calls.ndjson"), "{}\n");
        for (String number : WRITTEN) {
            StringWriter printed = new StringWriter();
            int status = Callweave.commandLine()
                    .setOut(new PrintWriter(new StringWriter(), true))
                    .setErr(new PrintWriter(printed, true))
                    .execute(Arrays.stream(command.split(" "))
                            .map(word -> word.replace("TEXT", number).replace("FILE", file.toString()))
                            .toArray(String[]::new));

            assertThat(status).as(printed.toString()).isNotZero();
            assertThat(printed.toString()).isNotEmpty();
            assertNone(printed.toString());
        }
    }

    @Test
    void shouldShowNoneOfAFileThatIsRead() throws Exception {
        Path file = Files.write(
                folder.resolve("calls.ndjson"),
                WRITTEN.stream()
                        .flatMap(number -> hostile(number).stream())
                        .map(value -> value.replace("\n", ""))
                        .toList());

        CommandProcess run =
                CommandProcess.run(Map.of("CALLWEAVE_LOG_LEVEL", "DEBUG"), null, "assemble", file.toString());

        assertThat(run.err()).isNotEmpty();
        assertNone(run.err());
    }

    @Test
    void shouldNotSayWhereAPostFailed() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        PostLimits limits = new PostLimits(1, Duration.ofSeconds(30), Duration.ofSeconds(10));
        try (EndpointClient client = new EndpointClient(limits, new AddressGuard(List.of()))) {
            for (String url : List.of(
                    "https://127.0.0.1:" + closed + "/n/15550100002?to=%2B15550100002",
                    "https://15550100002.invalid/",
                    "https://+15550100002/")) {
                CompletableFuture<Outcome> ended = new CompletableFuture<>();
                client.post("1", URI.create(url), Map.of(), List.of(UTF_8.encode("+15550100002")), ended::complete);
                assertNone(ended.get().toString());
            }
        }
    }

    private static void assertNone(String said) {
        assertThat(said.lines())
                .allSatisfy(line -> assertThat(line.replaceAll("%[0-9A-F]{2}|\\D", ""))
                        .as(line)
                        .doesNotContain(DIGITS));
    }

    private static String asText(List<ILoggingEvent> events) throws JoranException {
        return encoded(events, "text");
    }

    private static String asJson(List<ILoggingEvent> events) throws JoranException {
        return encoded(events, "json");
    }

    /** As the log that users see. */
    private static String encoded(List<ILoggingEvent> events, String format) throws JoranException {
        LoggerContext context = new LoggerContext();
        context.putProperty("CALLWEAVE_LOG_FORMAT", format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LoggerContext.class.getResource("/logback.xml"));
        var stderr = (OutputStreamAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDERR");
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(new String(stderr.getEncoder().encode(event), UTF_8)));
        return text.toString();
    }
}
