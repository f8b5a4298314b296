package io.callweave.bridge.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.bridge.OneAccount;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.role.BridgeRole;
import io.callweave.directory.DirectoryChanges;
import io.callweave.directory.DirectoryEntry;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.platform.directory.PlatformContact;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.settings.Settings;
import io.callweave.topics.DirectoryTopic;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names of extensions come from RingCentral: by the command, and by the bridge, which follows their changes. */
class DirectorySyncIT {

    private static final String ACCOUNT = "809646016";
    private static final PlatformContact ANN = user("101", "Ann Doe");
    private static final PlatformContact BEN = user("102", "Ben Doe");
    private static final PlatformContact SUPPORT =
            new PlatformContact("201", "Department", "201", "Support", "Leeds", null);

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;

    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldReadNamesAndKeepWhatWasLoaded() throws Exception {
        Brokers.createTopic(kafka, "sync.directory", 2, Map.of("cleanup.policy", "compact"));
        DirectoryEntry loaded = new DirectoryEntry(ACCOUNT, "102", "Benny", "user", null, null, null);
        DirectoryEntry ours = new DirectoryEntry(ACCOUNT, "300", "Not in RingCentral", "user", null, null, null);
        topic("sync.").write(DirectoryChanges.between(Map.of(), Set.of(), List.of(loaded, ours), false));
        try (PlatformServer platform = OneAccount.platform(ACCOUNT, Set.of())) {
            platform.directory().fill(ACCOUNT, List.of(ANN, BEN, SUPPORT));
            assertThat(sync(platform, "sync.")).as("%s", err).isEqualTo(ExitStatus.DONE);
            assertThat(err.toString())
                    .contains(
                            "3 extensions listed: 2 new, 0 changed, 0 as they were, 1 loaded from a file; 0 deleted.");

            platform.directory().remove(ACCOUNT, ANN.id());
            platform.directory().remove(ACCOUNT, BEN.id());
            assertThat(sync(platform, "sync.")).isEqualTo(ExitStatus.DONE);
        }

        assertThat(topic("sync.").read().entries().values())
                .containsExactlyInAnyOrder(
                        loaded, ours, new DirectoryEntry(ACCOUNT, "201", "Support", "queue", "Leeds", null, null));
    }

    @Test
    void shouldLeaveOutNamesOfPeopleUnderPrivacy() throws Exception {
        Brokers.createTopic(kafka, "private.directory", 1, Map.of("cleanup.policy", "compact"));
        PlatformContact digital = new PlatformContact("103", "DigitalUser", "103", "Cy Doe", null, null);
        try (PlatformServer platform = OneAccount.platform(ACCOUNT, Set.of())) {
            platform.directory().fill(ACCOUNT, List.of(ANN, digital, SUPPORT));

            assertThat(sync(platform, "private.", "--bridge-privacy=mask"))
                    .as("%s", err)
                    .isEqualTo(ExitStatus.DONE);
        }

        assertThat(names("private.")).containsExactlyInAnyOrder("null", "null", "Support");
    }

    @Test
    void shouldFollowChangesWhileTheBridgeRuns() throws Exception {
        Brokers.createTopic(kafka, "followed.directory", 1, Map.of("cleanup.policy", "compact"));
        createBridgeTopics("followed.");
        try (PlatformServer platform = OneAccount.platform(ACCOUNT, Set.of())) {
            platform.directory().fill(ACCOUNT, List.of(ANN));
            BridgeRole bridge = bridge(platform, "followed.");
            try {
                await().until(() -> names("followed.").equals(List.of("Ann Doe")));
                await().until(() -> bridge.accountsHealth().contains("\"state\":\"connected\""));

                platform.directory().rename(ACCOUNT, ANN.id(), "Ann Smith");
                await().until(() -> names("followed.").equals(List.of("Ann Smith")));
                platform.directory().remove(ACCOUNT, ANN.id());
                platform.directory().put(ACCOUNT, BEN);
                await().until(() -> names("followed.").equals(List.of("Ben Doe")));
            } finally {
                bridge.close();
            }
        }
    }

    @Test
    void shouldSayOnceWhichPermissionIsMissingAndGoOnWithoutNames() throws Exception {
        Brokers.createTopic(kafka, "refused.directory", 1, Map.of("cleanup.policy", "compact"));
        createBridgeTopics("refused.");
        try (PlatformServer platform = OneAccount.platform(ACCOUNT, Set.of(PlatformCredentials.READ_ACCOUNTS))) {
            platform.directory().fill(ACCOUNT, List.of(ANN));
            BridgeRole bridge = bridge(platform, "refused.");
            try {
                await().until(() -> bridge.accountsHealth().contains("\"state\":\"connected\""));
                await().until(() -> bridge.accountsHealth().contains("The permission ReadAccounts is missing"));
                assertThat(names("refused.")).isEmpty();
            } finally {
                bridge.close();
            }
        }
    }

    @Test
    @Tag("full")
    void shouldReadFiftyThousandExtensionsWithinRingCentralsLimits() throws Exception {
        Brokers.createTopic(kafka, "large.directory", 1, Map.of("cleanup.policy", "compact"));
        List<PlatformContact> all = IntStream.range(0, 50_000)
                .mapToObj(number -> user(Integer.toString(1_000_000 + number), "Agent " + number))
                .toList();
        try (PlatformServer platform = PlatformServer.start(PlatformOptions.of(List.of(ACCOUNT)), Clock.systemUTC())) {
            platform.directory().fill(ACCOUNT, all);
            Instant began = Instant.now();

            assertThat(sync(platform, "large.")).as("%s", err).isEqualTo(ExitStatus.DONE);

            System.out.println("50,000 extensions in " + Duration.between(began, Instant.now()));
            assertThat(names("large.")).hasSize(50_000);
        }
        try (PlatformServer platform = OneAccount.platform(ACCOUNT, Set.of())) {
            platform.directory().fill(ACCOUNT, all);

            assertThat(sync(platform, "large.")).as("%s", err).isEqualTo(ExitStatus.DONE);
            assertThat(err.toString()).contains("0 new, 0 changed, 50000 as they were");
        }
    }

    private static PlatformContact user(String id, String name) {
        return new PlatformContact(id, "User", "1", name, "Leeds", "Sales");
    }

    private static void createBridgeTopics(String prefix) throws Exception {
        for (String topic : List.of("notifications", "feed-gaps", "dead-letters")) {
            Brokers.createTopic(kafka, prefix + topic, 1, Map.of());
        }
    }

    private static BridgeRole bridge(PlatformServer platform, String prefix) {
        Map<String, String> settings = new HashMap<>(credentials(platform));
        settings.put("bootstrap.servers", kafka.bootstrapServers());
        settings.put("topics.prefix", prefix);
        settings.put("application.id", prefix + "app");
        settings.put("bridge.accounts", ACCOUNT);
        settings.put("bridge.port", "0");
        settings.put("http.port", "0");
        settings.put("ringcentral.transport", "websocket");
        settings.put("bridge.spool.dir", folder.resolve(prefix + "spool").toString());
        settings.put("state.dir", folder.resolve(prefix + "state").toString());
        return BridgeRole.start(Settings.load(settings, Map.of(), Optional.empty()));
    }

    private static Map<String, String> credentials(PlatformServer platform) {
        return Map.of(
                "ringcentral.server", platform.address(),
                "ringcentral.client-id", "client-" + ACCOUNT,
                "ringcentral.client-secret", "secret-" + ACCOUNT,
                "ringcentral.jwt", "jwt-" + ACCOUNT);
    }

    private int sync(PlatformServer platform, String prefix, String... options) {
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of(
                "directory", "sync", "--topics-prefix=" + prefix, "--bootstrap-servers=" + kafka.bootstrapServers()));
        arguments.addAll(List.of(options));
        credentials(platform).forEach((name, value) -> arguments.add("--set=" + name + "=" + value));
        return Callweave.commandLine().setErr(new PrintWriter(err, true)).execute(arguments.toArray(String[]::new));
    }

    private static List<String> names(String prefix) {
        return topic(prefix).read().entries().values().stream()
                .map(entry -> String.valueOf(entry.name()))
                .toList();
    }

    private static DirectoryTopic topic(String prefix) {
        return new DirectoryTopic(Map.of("bootstrap.servers", kafka.bootstrapServers()), prefix + "directory");
    }
}
