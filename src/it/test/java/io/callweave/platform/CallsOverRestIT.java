package io.callweave.platform;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Session status, call control, the call log and active calls. */
@Tag("full")
class CallsOverRestIT {

    private static final SimulatedAccount ACCOUNT = SimulatedAccount.FIRST;
    private static final String LOG = "/restapi/v1.0/account/~/call-log?view=Detailed&dateFrom=2026-03-01T00:00:00Z";
    private static final String EXTRACT = "/restapi/v1.0/account/~/call-log-extract-sync";
    private static final String ACTIVE = "/restapi/v1.0/account/~/active-calls?view=Detailed";
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final MovableClock clock = new MovableClock();
    private PlatformServer platform;
    private PlatformClient client;

    private void start(Clock by) {
        platform =
                PlatformServer.start(PlatformOptions.of(List.of(ACCOUNT.id())).withoutRateLimits(), by);
        client = new PlatformClient(platform, ACCOUNT.id());
        client.signIn();
    }

    @AfterEach
    void stop() {
        platform.close();
    }

    @Test
    void shouldShowAllPartiesOfASession() {
        start(clock);
        PhoneCall call = call().inbound("+15550100002").answeredBy("104").hangUp();

        publishUntil(call, "Answered", "104");

        PlatformClient.Answer status = client.get(pathOf(call));
        assertThat(status.text("/id")).isEqualTo(call.telephonySessionIds().get(0));
        assertThat(status.json().path("parties"))
                .extracting(party -> party.at("/status/code").asText())
                .containsOnly("Answered");
        assertThat(status.text("/parties/1/owner/extensionId"))
                .isEqualTo(ACCOUNT.extension("104").id());
    }

    @Test
    void shouldForgetASessionAfterItsEnd() {
        start(clock);
        PhoneCall call = call().inbound("+15550100002").answeredBy("104").hangUp();
        call.notifications().forEach(platform::publish);

        clock.advance(Duration.ofSeconds(121));

        assertThat(client.get(pathOf(call)).text("/errorCode")).isEqualTo("CMN-102");
    }

    @Test
    void shouldBeLateWithTheCallLog() {
        start(clock);
        PhoneCall call = call().inbound("+15550100002").answeredBy("104").hangUp();
        call.notifications().forEach(platform::publish);
        call.truths().forEach(platform::ended);

        assertThat(client.get(LOG).json().path("records")).isEmpty();
        clock.advance(Duration.ofSeconds(30));

        JsonNode records = client.get(LOG).json().path("records");
        assertThat(records).hasSize(1);
        JsonNode truth = PlatformClient.read(call.truths().get(0).json());
        for (String field : List.of("telephonySessionId", "sessionId", "direction", "result", "action", "duration")) {
            assertThat(records.get(0).path(field).asText())
                    .isEqualTo(truth.path(field).asText());
        }
        assertThat(records.get(0).path("legs"))
                .extracting(leg -> leg.path("legType").asText())
                .containsExactly("Accept", "PstnToSip");
    }

    @Test
    void shouldBeWrongWhileAQueueCallRings() {
        start(clock);
        PhoneCall call = call().inbound("+15550100002")
                .queue("Sales", "104", "105")
                .answeredBy("104")
                .hangUp();
        publishUntil(call, "Proceeding", "105");
        clock.advance(Duration.ofSeconds(30));
        JsonNode ringing = client.get(ACTIVE).json().at("/records/0");

        call.notifications().forEach(platform::publish);
        call.truths().forEach(platform::ended);
        clock.advance(Duration.ofSeconds(90));
        JsonNode over = client.get(ACTIVE).json().at("/records/0");

        assertThat(ringing.path("direction").asText()).isEqualTo("Outbound");
        assertThat(ringing.path("action").asText()).isEqualTo("VoIP Call");
        assertThat(ringing.path("result").asText()).isEqualTo("In Progress");
        assertThat(over.path("id")).isEqualTo(ringing.path("id"));
        assertThat(over.path("direction").asText()).isEqualTo("Inbound");
        assertThat(over.path("result").asText()).isEqualTo("Accepted");
    }

    @Test
    void shouldExtractWhatHasChangedSinceAToken() {
        start(clock);
        PhoneCall first = over("+15550100002");
        clock.advance(Duration.ofSeconds(20));
        PhoneCall second = over("+15550100003");
        clock.advance(Duration.ofSeconds(30));

        PlatformClient.Answer full = client.get(EXTRACT + "?syncType=FSync&view=Detailed&recordCount=1");
        PlatformClient.Answer rest = client.get(next(full));
        PhoneCall third = over("+15550100004");
        PlatformClient.Answer none = client.get(next(rest));
        clock.advance(Duration.ofSeconds(30));
        PlatformClient.Answer later = client.get(next(none));
        platform.faults().forgetSyncTokens();
        PlatformClient.Answer forgotten = client.get(next(later));

        assertThat(sessions(full)).containsExactlyElementsOf(first.telephonySessionIds());
        assertThat(full.json().at("/syncInfo/newerRecordsExist").asBoolean()).isTrue();
        assertThat(full.text("/records/0/lastModifiedTime")).isNotEmpty();
        assertThat(sessions(rest)).containsExactlyElementsOf(second.telephonySessionIds());
        assertThat(rest.json().at("/syncInfo/newerRecordsExist").asBoolean()).isFalse();
        assertThat(sessions(none)).isEmpty();
        assertThat(sessions(later)).containsExactlyElementsOf(third.telephonySessionIds());
        assertThat(forgotten.status()).isEqualTo(400);
        assertThat(forgotten.text("/errorCode")).isEqualTo("CMN-101");
    }

    private PhoneCall over(String caller) {
        PhoneCall call = call().inbound(caller).answeredBy("104").hangUp();
        call.notifications().forEach(platform::publish);
        call.truths().forEach(platform::ended);
        return call;
    }

    private static String next(PlatformClient.Answer answer) {
        return EXTRACT + "?syncType=ISync&view=Detailed&syncToken=" + answer.text("/syncInfo/syncToken");
    }

    private static List<String> sessions(PlatformClient.Answer answer) {
        List<String> sessions = new ArrayList<>();
        answer.json()
                .path("records")
                .forEach(
                        record -> sessions.add(record.path("telephonySessionId").asText()));
        return sessions;
    }

    @Test
    void shouldForwardARingingParty() throws IOException {
        start(Clock.systemUTC());
        try (WebhookReceiver webhook = new WebhookReceiver()) {
            client.subscribe(webhook.address());
            PhoneCall call = call().inbound("+15550100002").answeredBy("104").hangUp();
            Notification ringing = publishUntil(call, "Proceeding", "104");
            String party = ringing.party().path("id").asText();

            PlatformClient.Answer forwarded =
                    client.post(pathOf(call) + "/parties/" + party + "/forward", object("extensionNumber", "106"));
            call.notifications().forEach(platform::publish);

            assertThat(forwarded.text("/status/reason")).isEqualTo("BlindTransfer");
            await().until(() ->
                    client.get(pathOf(call)).text("/parties/2/status/code").equals("Answered"));
            assertThat(client.get(pathOf(call)).text("/parties/2/extensionId"))
                    .isEqualTo(ACCOUNT.extension("106").id());
            await().until(() ->
                    client.get(pathOf(call)).text("/parties/0/status/code").equals("Disconnected"));
            assertThat(call.truths()).noneMatch(platform::ended);
            assertThat(webhook.received())
                    .extracting(one -> one.at("/body/sequence").asLong())
                    .doesNotHaveDuplicates();
        }
    }

    @Test
    void shouldLetASupervisorListen() throws IOException {
        start(clock);
        try (WebhookReceiver webhook = new WebhookReceiver()) {
            PhoneCall call = call().inbound("+15550100002").answeredBy("104").hangUp();
            publishUntil(call, "Answered", "104");
            client.subscribe(webhook.address());

            ObjectNode body = object("mode", "Listen")
                    .put("supervisorDeviceId", ACCOUNT.extension("110").deviceId())
                    .put("agentExtensionId", ACCOUNT.extension("104").id());
            PlatformClient.Answer party = client.post(pathOf(call) + "/supervise", body);

            assertThat(party.status()).isEqualTo(201);
            assertThat(party.text("/status/reason")).isEqualTo("Supervising");
            assertThat(party.text("/extensionId"))
                    .isEqualTo(ACCOUNT.extension("110").id());
            await().until(() -> webhook.received().size() == 3);
            assertThat(webhook.received())
                    .anyMatch(one -> one.at("/body/parties/0/status/peerId/telephonySessionId")
                            .asText()
                            .equals(call.telephonySessionIds().get(0)));
        }
    }

    /** Publishes up to the notification in which this extension has this status. */
    private Notification publishUntil(PhoneCall call, String status, String extension) {
        String id = ACCOUNT.extension(extension).id();
        for (Notification one : call.notifications()) {
            platform.publish(one);
            if (one.party().at("/status/code").asText().equals(status)
                    && one.party().path("extensionId").asText().equals(id)) {
                return one;
            }
        }
        throw new IllegalStateException(extension + " is never " + status);
    }

    private static String pathOf(PhoneCall call) {
        return "/restapi/v1.0/account/~/telephony/sessions/"
                + call.telephonySessionIds().get(0);
    }

    private static ObjectNode object(String name, String value) {
        return MAPPER.createObjectNode().put(name, value);
    }
}
