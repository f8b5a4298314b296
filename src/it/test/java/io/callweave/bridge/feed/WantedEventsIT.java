package io.callweave.bridge.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.bridge.OneAccount;
import io.callweave.cli.role.BridgeRole;
import io.callweave.local.Brokers;
import io.callweave.local.EmbeddedKafka;
import io.callweave.local.EmbeddedKafkaConfig;
import io.callweave.platform.PlatformServer;
import io.callweave.platform.directory.PlatformContact;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.settings.Settings;
import io.callweave.topics.TopicReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wanted after calls comes with the subscription, as far as RingCentral permits it. */
class WantedEventsIT {

    private static final String ACCOUNT = "809646016";
    private static final String VOICEMAIL = """
            {"uuid":"1","event":"/restapi/v1.0/account/809646016/extension/101/voicemail",
             "body":{"id":77,"type":"VoiceMail","creationTime":"2026-03-02T09:00:00.000Z"}}""";
    private static final String INSIGHTS = """
            {"uuid":"2","event":"/ai/ringsense/v1/public/accounts/809646016/domains/pbx/insights",
             "body":{"sourceSessionId":"s-1","sourceRecordId":"9","creationTime":"2026-03-02T09:00:00.000Z",
             "insights":{"Summary":[{"value":"Short."}],"Transcript":[{"text":"Secret."}]}}}""";

    @TempDir
    private static Path folder;

    private static EmbeddedKafka kafka;

    @BeforeAll
    static void start() {
        kafka = EmbeddedKafka.start(EmbeddedKafkaConfig.in(folder.resolve("kafka")));
    }

    @AfterAll
    static void stop() {
        kafka.close();
    }

    @Test
    void shouldTakeVoicemailOfEachMailboxAndInsights() throws Exception {
        createTopics("all.");
        try (PlatformServer platform = platform(Set.of())) {
            BridgeRole bridge = bridge(platform, "all.");
            try {
                await().until(() -> bridge.accountsHealth().contains("\"state\":\"connected\""));

                platform.publish(VOICEMAIL.getBytes(StandardCharsets.UTF_8));
                platform.publish(INSIGHTS.getBytes(StandardCharsets.UTF_8));

                await().untilAsserted(() -> assertThat(values("all.")).hasSize(2));
                assertThat(values("all.").toString())
                        .contains("\"VoiceMail\"", "Short.")
                        .doesNotContain("Secret.");
                assertThat(bridge.accountsHealth()).contains("\"artifactProblems\":[]");
            } finally {
                bridge.close();
            }
        }
    }

    @Test
    void shouldNameTheMissingPermissionAndTakeTheRest() throws Exception {
        createTopics("some.");
        try (PlatformServer platform = platform(Set.of(PlatformCredentials.RING_SENSE))) {
            BridgeRole bridge = bridge(platform, "some.");
            try {
                await().until(() -> bridge.accountsHealth()
                        .contains("RingCentral does not deliver AI insights (permission RingSense)."));
                platform.publish(INSIGHTS.getBytes(StandardCharsets.UTF_8));
                platform.publish(VOICEMAIL.getBytes(StandardCharsets.UTF_8));

                await().untilAsserted(() -> assertThat(values("some.").toString())
                        .contains("\"VoiceMail\"")
                        .doesNotContain("Short."));
            } finally {
                bridge.close();
            }
        }
    }

    private static PlatformServer platform(Set<String> withoutPermissions) {
        PlatformServer platform = OneAccount.platform(ACCOUNT, withoutPermissions);
        platform.directory()
                .fill(
                        ACCOUNT,
                        List.of(
                                new PlatformContact("101", "User", "1", "Ann Doe", null, null),
                                new PlatformContact("102", "IvrMenu", "2", "Menu", null, null)));
        return platform;
    }

    private static void createTopics(String prefix) throws Exception {
        for (String topic : List.of("notifications", "feed-gaps", "dead-letters", "directory")) {
            Brokers.createTopic(kafka, prefix + topic, 1, Map.of());
        }
    }

    private static List<String> values(String prefix) {
        List<String> values = new ArrayList<>();
        new TopicReader(kafka.bootstrapServers())
                .readMerged(
                        prefix + "notifications", read -> values.add(new String(read.value(), StandardCharsets.UTF_8)));
        return values;
    }

    private static BridgeRole bridge(PlatformServer platform, String prefix) {
        Map<String, String> settings = new HashMap<>();
        settings.put("ringcentral.server", platform.address());
        settings.put("ringcentral.client-id", "client-" + ACCOUNT);
        settings.put("ringcentral.client-secret", "secret-" + ACCOUNT);
        settings.put("ringcentral.jwt", "jwt-" + ACCOUNT);
        settings.put("ringcentral.artifacts", "voicemail,insights");
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
}
