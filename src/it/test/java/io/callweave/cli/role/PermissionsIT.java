package io.callweave.cli.role;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.callweave.bridge.DurableSink;
import io.callweave.bridge.RawRecord;
import io.callweave.cli.Callweave;
import io.callweave.cli.CommandProcess;
import io.callweave.cli.common.ExitStatus;
import io.callweave.console.app.ConsoleRole;
import io.callweave.deliver.app.DeliverOptions;
import io.callweave.deliver.app.DeliverRole;
import io.callweave.directory.DirectoryChanges;
import io.callweave.directory.DirectoryEntry;
import io.callweave.local.AuthorizedKafka;
import io.callweave.permissions.ClientRole;
import io.callweave.permissions.Permission;
import io.callweave.permissions.Permissions;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.runtime.StreamsRole;
import io.callweave.runtime.startup.OperationsException;
import io.callweave.settings.Settings;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.topics.DirectoryTopic;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicPlan;
import io.callweave.topics.TopicReader;
import io.callweave.topics.Topics;
import io.callweave.topology.CallweaveTopology;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Each role on a broker that allows just what {@code topics acls} prints; and with one operation less each time. */
@Tag("full")
class PermissionsIT {

    private static final int USERS = 140;
    private static final Pattern ACCOUNT = Pattern.compile("/account/(\\d+)/");
    private static final DirectoryEntry ANNA = new DirectoryEntry("1", "104", "Anna", "user", null, null, null);
    private static final DirectoryEntry BEN = new DirectoryEntry("1", "105", "Ben", "user", null, null, null);

    @TempDir
    private static Path directory;

    private static AuthorizedKafka kafka;

    private final StringWriter err = new StringWriter();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private PrintStream realErr;

    @BeforeAll
    static void start() {
        kafka = AuthorizedKafka.start(directory.resolve("kafka"), USERS);
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    /** The log goes to wherever System.err is at the time. */
    @BeforeEach
    void readTheLog() {
        realErr = System.err;
        System.setErr(new PrintStream(log, true, UTF_8));
        logThreadFailures(Level.ERROR);
    }

    @AfterEach
    void leaveTheLog() {
        System.setErr(realErr);
        logThreadFailures(Level.OFF);
    }

    private static void logThreadFailures(Level level) {
        ((ch.qos.logback.classic.Logger) LoggerFactory.getLogger("io.callweave.runtime.ThreadReplacement"))
                .setLevel(level);
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "streams"})
    void shouldDoWithWhatIsPrintedAndSayWhatIsTakenAway(String protocol) throws Exception {
        String name = "full-" + protocol;
        PhoneCall first = call().inbound("+15550100002").answeredBy("104").hangUp();
        PhoneCall second =
                call().seeded(2).inbound("+15550100002").answeredBy("105").hangUp();

        String creator = userWith(ClientRole.TOPICS, name);
        assertThat(execute(creator, name, "topics", "create", "--partitions=2")).isEqualTo(ExitStatus.DONE);
        assertThat(execute(creator, name, "topics", "describe")).isEqualTo(ExitStatus.DONE);
        String loader = userWith(ClientRole.DIRECTORY, name);
        assertThat(execute(loader, name, "directory", "load", csv())).isEqualTo(ExitStatus.DONE);

        String bridgeUser = kafka.newUser();
        String streamsUser = userWith(ClientRole.STREAMS, name);
        AclBinding writeNotifications =
                binding(bridgeUser, ClientRole.BRIDGE, name, Topic.NOTIFICATIONS.name(name + "."), AclOperation.WRITE);
        AclBinding writeCalls =
                binding(streamsUser, ClientRole.STREAMS, name, Topic.CALLS.name(name + "."), AclOperation.WRITE);
        try (BridgeRole bridge = BridgeRole.start(bridgeSettings(bridgeUser, name, first));
                StreamsRole app = StreamsRole.start(settings(streamsUser, name, optionsOf(protocol)))) {
            // Nothing is allowed: what comes is kept on disk.
            post(bridge, first);
            awaitLog("What comes in goes to the spool: Kafka does not authorize this client, which needs Write on the"
                    + " topic");
            kafka.allow(bindings(bridgeUser, permissions(name).of(ClientRole.BRIDGE)));
            await().until(() -> app.state() == KafkaStreams.State.RUNNING);
            await().until(() -> calls(name) == 1);

            kafka.forbid(writeNotifications);
            post(bridge, second);
            awaitLog("Write on the topic " + name + ".notifications;");
            kafka.forbid(writeCalls);
            kafka.allow(List.of(writeNotifications));

            await().until(() -> app.state() == KafkaStreams.State.ERROR);
            awaitLog(
                    "A stream thread failed and cannot be replaced: this instance stops. Kafka does not authorize this client, which"
                            + " as streams needs Write on the topic " + name + ".calls;");
        }
        assertThat(execute(creator, name, "topics", "check")).as("%s", err).isEqualTo(ExitStatus.DONE);
        kafka.allow(List.of(writeCalls));
        try (StreamsRole again = StreamsRole.start(settings(streamsUser, name, optionsOf(protocol)))) {
            await().until(() -> calls(name) == 2);
            await().until(() -> again.state() == KafkaStreams.State.RUNNING);
        }
        assertThat(log.toString(UTF_8)).doesNotContain("secret");
    }

    /** Who may read, write or delete a topic or a group may also describe it. */
    @Test
    void shouldKeepStreamsAndDeliverFromTheStateOfTheOther() throws Exception {
        String name = "apart";
        String deliverer = Permissions.deliverApplication(name);
        Topics.create(kafka.admin(), TopicPlan.withPrefix(name + "."), 1, (short) 1);
        String streamsUser = userWith(ClientRole.STREAMS, name);
        String deliverUser = userWith(ClientRole.DELIVER, name);

        try (StreamsRole streams = StreamsRole.start(settings(streamsUser, name, Map.of()));
                DeliverRole deliver = DeliverRole.start(
                        DeliverOptions.of(settings(deliverUser, name, Map.of()), Map.of(), Optional.empty()));
                Admin asStreams = admin(streamsUser);
                Admin asDeliver = admin(deliverUser)) {
            assertThat(deliver.httpAddress()).isNotEmpty();
            await().until(() -> streams.state() == KafkaStreams.State.RUNNING);
            await().until(() -> !topics(deliverer + "-").isEmpty());

            for (String topic : topics(deliverer + "-")) {
                assertThat(mayDescribe(asDeliver, topic)).as(topic).isTrue();
                assertThat(mayDescribe(asStreams, topic)).as(topic).isFalse();
            }
            assertThat(topics(name + "-")).isNotEmpty();
            for (String topic : topics(name + "-")) {
                assertThat(mayDescribe(asStreams, topic)).as(topic).isTrue();
                assertThat(mayDescribe(asDeliver, topic)).as(topic).isFalse();
            }
            assertThat(mayReadOffsets(asStreams, name)).isTrue();
            assertThat(mayReadOffsets(asStreams, deliverer)).isFalse();
            assertThat(mayReadOffsets(asDeliver, deliverer)).isTrue();
            assertThat(mayReadOffsets(asDeliver, name)).isFalse();
            Path state = directory.resolve("state-" + name);
            for (Path folder : List.of(state, state.resolve(name), state.resolve(deliverer))) {
                assertThat(Files.getPosixFilePermissions(folder))
                        .as("%s", folder)
                        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
            }
        }
    }

    @Test
    void shouldShowCallsWithWhatIsPrinted() throws Exception {
        String name = "shown";
        Topics.create(kafka.admin(), TopicPlan.withPrefix(name + "."), 1, (short) 1);
        String data = directory.resolve("console").toString();

        try (ConsoleRole console = ConsoleRole.start(settings(
                userWith(ClientRole.CONSOLE, name), name, Map.of("console.port", "0", "console.data-dir", data)))) {
            await().until(console::isReady);
        }
        assertThat(log.toString(UTF_8)).doesNotContain("authorize");
    }

    /** As docs/operate.md has it. */
    @Test
    void shouldReadWithWhatIsDocumented() throws Exception {
        String name = "read";
        PhoneCall call =
                call().seeded(3).inbound("+15550100002").answeredBy("104").hangUp();
        String account = accountOf(call);
        String id = call.telephonySessionIds().get(0);
        Topics.create(kafka.admin(), TopicPlan.withPrefix(name + "."), 1, (short) 1);
        try (BridgeRole bridge = BridgeRole.start(bridgeSettings(userWith(ClientRole.BRIDGE, name), name, call));
                StreamsRole app = StreamsRole.start(settings(userWith(ClientRole.STREAMS, name), name, Map.of()))) {
            await().until(() -> app.state() == KafkaStreams.State.RUNNING);
            post(bridge, call);
            await().until(() -> calls(name) == 1);
        }

        String explainer = reader(name, Topic.NOTIFICATIONS, Topic.CALLS, Topic.WINDOW_METRICS, Topic.DIRECTORY);
        CommandProcess explained = run(explainer, name, "explain", "--call=" + id);
        assertThat(explained.status()).as(explained.err()).isZero();
        assertThat(explained.out()).contains(id).doesNotContain("The webhook ");
        assertThat(explained.err())
                .contains("The webhooks of the call are left out: Kafka does not authorize this client, which needs"
                        + " Describe on the topic read.deliver-dead-letters;");
        kafka.allow(reading(
                explainer, name, Topic.DELIVER_SUBSCRIPTIONS, Topic.DELIVER_REQUESTS, Topic.DELIVER_DEAD_LETTERS));
        assertThat(run(explainer, name, "explain", "--call=" + id).err()).doesNotContain("authorize");

        assertDone(run(explainer, name, "whatif", "--set=completion.linger=2s"));
        String reporter = reader(name, Topic.CALLS, Topic.FEED_GAPS);
        assertDone(run(reporter, name, "report", "--from=2026-01-01", "--out=" + directory.resolve("report")));

        Path table = Files.writeString(directory.resolve("table.csv"), "callId,accountId,revision,epoch,startTime\n");
        String verifier = reader(name, Topic.CALLS, Topic.WINDOW_METRICS);
        kafka.allow(List.of(may(verifier, AclOperation.DESCRIBE_CONFIGS, Topic.CALLS.name(name + "."))));
        CommandProcess verified = run(verifier, name, "verify", table.toString());
        assertThat(verified.out()).contains(id);
        assertThat(verified.err()).doesNotContain("authorize");

        try (PlatformServer platform =
                PlatformServer.start(PlatformOptions.of(List.of(account)).withSpeed(1_000), Clock.systemUTC())) {
            call.truths().forEach(platform::ended);
            Thread.sleep(200); // until the log is settled
            String[] period = {
                "--account=" + account,
                "--from=2026-03-02",
                "--to=2026-03-03",
                "--ringcentral-server=" + platform.address(),
                "--ringcentral-client-id=client-" + account,
                "--set=ringcentral.client-secret=secret-" + account,
                "--set=ringcentral.jwt=jwt-" + account
            };
            CommandProcess audited = run(reporter, name, "audit", period);
            assertDone(audited);
            kafka.allow(bindings(reporter, permissions(name).of(ClientRole.BRIDGE)));
            assertDone(run(reporter, name, "backfill", period));
        }
    }

    private static String reader(String name, Topic... topics) throws Exception {
        String user = kafka.newUser();
        kafka.allow(reading(user, name, topics));
        return user;
    }

    private static List<AclBinding> reading(String user, String name, Topic... topics) {
        return Stream.of(topics)
                .map(topic -> may(user, AclOperation.READ, topic.name(name + ".")))
                .toList();
    }

    private static AclBinding may(String user, AclOperation operation, String topic) {
        return new AclBinding(
                new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW));
    }

    private static void assertDone(CommandProcess command) {
        assertThat(command.err()).doesNotContain("authorize");
        assertThat(command.status()).as(command.err()).isZero();
    }

    /** In a process of its own: it closes the standard output. */
    private static CommandProcess run(String user, String name, String command, String... more) throws Exception {
        List<String> all = new ArrayList<>(List.of(command));
        all.addAll(List.of(more));
        AuthorizedKafka.settingsOf(user).forEach((setting, value) -> all.add("--set=" + setting + "=" + value));
        all.add("--bootstrap-servers=" + kafka.bootstrapServers());
        all.add("--topics-prefix=" + name + ".");
        return CommandProcess.run(null, all.toArray(String[]::new));
    }

    private static Admin admin(String user) {
        Map<String, Object> options = new HashMap<>();
        AuthorizedKafka.settingsOf(user).forEach((key, value) -> options.put(key.substring("kafka.".length()), value));
        options.put("bootstrap.servers", kafka.bootstrapServers());
        return Admin.create(options);
    }

    private static Set<String> topics(String prefix) throws Exception {
        return kafka.admin().listTopics().names().get().stream()
                .filter(topic -> topic.startsWith(prefix))
                .collect(Collectors.toSet());
    }

    private static boolean mayDescribe(Admin admin, String topic) throws Exception {
        return isAllowed(admin.describeTopics(List.of(topic)).allTopicNames());
    }

    private static boolean mayReadOffsets(Admin admin, String group) throws Exception {
        return isAllowed(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    }

    private static boolean isAllowed(Future<?> answer) throws Exception {
        try {
            answer.get();
            return true;
        } catch (ExecutionException e) {
            assertThat(e).hasCauseInstanceOf(AuthorizationException.class);
            return false;
        }
    }

    /** One case for each role, resource and operation. */
    @TestFactory
    Stream<DynamicTest> shouldNameTheOneThatIsLacking() throws Exception {
        prepare("less");
        List<Case> cases = new ArrayList<>();
        List<AclBinding> all = new ArrayList<>();
        for (ClientRole role : ClientRole.values()) {
            for (Permission permission : permissions("less").of(role)) {
                for (AclOperation operation : permission.sortedOperations()) {
                    boolean isDirectory = permission.resource().name().equals(Topic.DIRECTORY.name("less."));
                    if (role == ClientRole.BRIDGE && (operation == AclOperation.READ || isDirectory)) {
                        continue; // only bridges that connect accounts share them, and learn names from RingCentral
                    }
                    if (role == ClientRole.DELIVER
                            && permission.resource().patternType() == PatternType.PREFIXED
                            && operation != AclOperation.CREATE) {
                        continue; // known only when the internal topics are there
                    }
                    Case one = Case.of(role, permission, operation, kafka.newUser());
                    cases.add(one);
                    all.addAll(one.allowed());
                }
            }
        }
        kafka.allow(all);
        return cases.stream().map(one -> DynamicTest.dynamicTest(one.toString(), () -> check(one)));
    }

    /** Without one operation of a role under the name of an installation where what it is for is tried. */
    private record Case(ClientRole role, String name, Permission permission, AclOperation operation, String user) {

        /** What exists needs no Create. */
        static Case of(ClientRole role, Permission of, AclOperation operation, String user) {
            if (operation != AclOperation.CREATE) {
                return new Case(role, "less", of, operation, user);
            }
            String name = "new-" + user;
            Permission same = permissions(name).of(role).stream()
                    .filter(other -> other.purpose().equals(of.purpose())
                            && other.resource()
                                    .name()
                                    .replace(name, "")
                                    .equals(of.resource().name().replace("less", "")))
                    .findFirst()
                    .orElseThrow();
            return new Case(role, name, same, operation, user);
        }

        List<AclBinding> allowed() {
            List<AclBinding> allowed =
                    new ArrayList<>(bindings(user, permissions(name).of(role)));
            allowed.removeAll(bindings(user, List.of(permission), operation));
            return allowed;
        }

        String sentence() {
            return permission.resource().resourceType() == ResourceType.TOPIC
                            && role != ClientRole.STREAMS
                            && role != ClientRole.DELIVER
                            && role != ClientRole.CONSOLE
                    ? permission.inWords(operation).replaceFirst(" on .*", " on the topic")
                    : permission.inWords(operation);
        }

        @Override
        public String toString() {
            return role + " without " + permission.inWords(operation);
        }
    }

    private void check(Case one) throws Exception {
        String said = switch (one.role()) {
            case TOPICS -> {
                boolean creates = one.operation() == AclOperation.CREATE;
                assertThat(execute(one.user(), one.name(), "topics", creates ? "create" : "check"))
                        .isEqualTo(ExitStatus.FAILED);
                yield err.toString();
            }
            case DIRECTORY -> {
                assertThat(execute(one.user(), one.name(), "directory", "load", csv()))
                        .isEqualTo(ExitStatus.FAILED);
                yield err.toString();
            }
            case STREAMS -> refusal(one);
            case DELIVER -> deliverRefusal(one);
            case CONSOLE -> {
                assertThat(execute(one.user(), one.name(), "console")).isEqualTo(ExitStatus.FAILED);
                yield err.toString();
            }
            case BRIDGE -> bridgeLog(one);
        };

        assertThat(said)
                .contains("Kafka does not authorize this client", one.sentence(), "\"callweave topics acls\" prints")
                .contains(one.permission().resource().name());
    }

    private static String deliverRefusal(Case one) throws Exception {
        if (one.operation() == AclOperation.CREATE) {
            Topics.create(kafka.admin(), TopicPlan.withPrefix(one.name() + "."), 1, (short) 1);
        }
        try (DeliverRole app = DeliverRole.start(
                DeliverOptions.of(settings(one.user(), one.name(), Map.of()), Map.of(), Optional.empty()))) {
            throw new AssertionError("It runs: " + app.httpAddress());
        } catch (OperationsException e) {
            return e.getMessage();
        }
    }

    private static String refusal(Case one) throws Exception {
        if (one.operation() == AclOperation.CREATE) {
            Topics.create(kafka.admin(), TopicPlan.withPrefix(one.name() + "."), 1, (short) 1);
        }
        try (StreamsRole app = StreamsRole.start(settings(one.user(), one.name(), Map.of()))) {
            throw new AssertionError("It runs: " + app.state());
        } catch (OperationsException e) {
            return e.getMessage();
        }
    }

    private String bridgeLog(Case one) {
        log.reset();
        String topic = one.permission().resource().name();
        boolean audits = topic.equals(Topic.AUDITS.name(one.name() + "."));
        boolean connects = audits || topic.equals(Topic.FEED_GAPS.name(one.name() + "."));
        Map<String, String> more = Map.of(
                "bridge.spool.dir",
                directory.resolve("spool-" + one.user()).toString(),
                "audit.every",
                audits ? "24h" : "0s");
        try (DurableSink safekeeping =
                SinkSettings.open(settings(one.user(), one.name(), more), connects, new SimpleMeterRegistry())) {
            var unused = safekeeping.keep(
                    new RawRecord(Topic.NOTIFICATIONS.name(one.name() + "."), null, new byte[] {1}, List.of()));
            awaitLog("Kafka does not authorize this client");
        }
        return log.toString(UTF_8);
    }

    /** Topics with something in the directory, and one that the topology makes. */
    private static void prepare(String name) throws Exception {
        Topics.create(kafka.admin(), TopicPlan.withPrefix(name + "."), 1, (short) 1);
        kafka.admin()
                .createTopics(List.of(new NewTopic(CallweaveTopology.hopTopic(name), 1, (short) 1)))
                .all()
                .get();
        new DirectoryTopic(kafka.administrator(), Topic.DIRECTORY.name(name + "."))
                .write(DirectoryChanges.between(Map.of(), Set.of(), List.of(BEN), false));
    }

    private static Permissions permissions(String name) {
        return new Permissions(name + ".", name);
    }

    private static String userWith(ClientRole role, String name) throws Exception {
        String user = kafka.newUser();
        kafka.allow(bindings(user, permissions(name).of(role)));
        return user;
    }

    private static List<AclBinding> bindings(String user, List<Permission> permissions) {
        return bindings(user, permissions, AclOperation.values());
    }

    private static List<AclBinding> bindings(String user, List<Permission> permissions, AclOperation... only) {
        Set<AclOperation> operations = new HashSet<>(Arrays.asList(only));
        return permissions.stream()
                .flatMap(permission -> permission.sortedOperations().stream()
                        .filter(operations::contains)
                        .map(operation -> new AclBinding(
                                permission.resource(),
                                new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW))))
                .toList();
    }

    private static AclBinding binding(
            String user, ClientRole role, String name, String resource, AclOperation operation) {
        return bindings(user, permissions(name).of(role), operation).stream()
                .filter(one -> one.pattern().name().equals(resource))
                .findFirst()
                .orElseThrow();
    }

    private static Settings settings(String user, String name, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(AuthorizedKafka.settingsOf(user));
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("application.id", name);
        settings.put("topics.prefix", name + ".");
        settings.put("state.dir", directory.resolve("state-" + name).toString());
        settings.put("http.port", "0");
        settings.put("completion.linger", "1s");
        settings.putAll(more);
        return Settings.load(settings, Map.of(), Optional.empty());
    }

    /** The group forgets a member that failed after its session timeout. */
    private static Map<String, String> optionsOf(String protocol) {
        return protocol.equals("streams")
                ? Map.of("streams.group.protocol", protocol)
                : Map.of(
                        "streams.group.protocol", protocol,
                        "streams.session.timeout.ms", "6000",
                        "streams.heartbeat.interval.ms", "1000");
    }

    private static Settings bridgeSettings(String user, String name, PhoneCall call) {
        return settings(
                user,
                name,
                Map.of(
                        "bridge.port", "0",
                        "bridge.accounts", accountOf(call),
                        "bridge.spool.dir", directory.resolve("spool-" + name).toString()));
    }

    private static String accountOf(PhoneCall call) {
        return ACCOUNT.matcher(call.lines().get(0))
                .results()
                .map((MatchResult found) -> found.group(1))
                .findFirst()
                .orElseThrow();
    }

    private static void post(BridgeRole bridge, PhoneCall call) throws Exception {
        for (String line : call.lines()) {
            HttpResponse<Void> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(URI.create(bridge.webhooks() + "/webhooks/" + accountOf(call)))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(line))
                                    .build(),
                            HttpResponse.BodyHandlers.discarding());
            assertThat(answer.statusCode()).isEqualTo(200);
        }
    }

    private static int calls(String name) {
        List<String> calls = new ArrayList<>();
        new TopicReader(kafka.administrator(), Installation.PATIENCE)
                .readMerged(Topic.CALLS.name(name + "."), call -> calls.add(new String(call.value(), UTF_8)));
        return calls.size();
    }

    private void awaitLog(String sentence) {
        await().untilAsserted(() -> assertThat(log.toString(UTF_8)).contains(sentence));
    }

    private static String csv() throws Exception {
        return Files.writeString(
                        directory.resolve("extensions.csv"),
                        "account,extension,name,type\n" + ANNA.accountId() + "," + ANNA.extensionId() + ",Anna,user\n")
                .toString();
    }

    private int execute(String user, String name, String... arguments) {
        err.getBuffer().setLength(0);
        List<String> all = new ArrayList<>(Arrays.asList(arguments));
        AuthorizedKafka.settingsOf(user).forEach((setting, value) -> all.add("--set=" + setting + "=" + value));
        all.add("--bootstrap-servers=" + kafka.bootstrapServers());
        all.add("--topics-prefix=" + name + ".");
        all.add("--application-id=" + name);
        return Callweave.commandLine()
                .setOut(new PrintWriter(new StringWriter(), true))
                .setErr(new PrintWriter(err, true))
                .execute(all.toArray(String[]::new));
    }
}
