package io.callweave.platform;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.OtherPrograms;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RingCentral's own clients for WebSocket and PubNub, from npm, take the simulated platform for RingCentral. */
@Tag("programs")
class RingCentralNodeIT {

    private static final Path SOURCES = Path.of("src", "it", "node");
    private static final Path FOLDER = Path.of("target", "node-client");
    private static final String ACCOUNT = SimulatedAccount.FIRST.id();

    private final List<JsonNode> said = new CopyOnWriteArrayList<>();
    private PlatformServer platform;
    private Process client;

    /** Skipped without Node or npm; in CI they must be there. */
    @BeforeAll
    static void install() throws Exception {
        OtherPrograms.installNode("The test with RingCentral's clients", SOURCES, FOLDER, "client.js", "pubnub.js");
    }

    @BeforeEach
    void startPlatform() {
        platform = PlatformServer.start(PlatformOptions.of(List.of(ACCOUNT)), Clock.systemUTC());
    }

    private void start(String program) throws IOException {
        client = new ProcessBuilder("node", program, platform.address(), ACCOUNT)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .start();
        Thread reader = new Thread(this::read, "node-client");
        reader.setDaemon(true);
        reader.start();
    }

    @AfterEach
    void stop() {
        client.destroyForcibly();
        platform.close();
    }

    @Test
    void shouldSubscribeAndReceiveACall() throws IOException {
        start("client.js");
        await().until(() -> has("subscribed"));

        PhoneCall call = call().inbound("+15550100002").answeredBy("104").hangUp();
        call.notifications().forEach(platform::publish);

        await().until(() -> sequences().equals(sequences(call)));
    }

    @Test
    void shouldRecoverItsSessionAndGetWhatItMissed() throws IOException {
        start("client.js");
        await().until(() -> has("subscribed"));

        platform.faults().disconnect();
        PhoneCall call = call().inbound("+15550100002").answeredBy("104").hangUp();
        call.notifications().forEach(platform::publish);

        await().until(() -> has("autoRecoverSuccess"));
        await().until(() -> sequences().equals(sequences(call)));
    }

    @Test
    void shouldSubscribeAnewWhenItsSessionIsLost() throws IOException {
        start("client.js");
        await().until(() -> has("subscribed"));

        platform.faults().disconnectForGood();
        await().until(() -> has("autoRecoverFailed"));
        PhoneCall call = call().inbound("+15550100002").answeredBy("104").hangUp();
        call.notifications().forEach(platform::publish);

        await().until(() -> sequences().equals(sequences(call)));
    }

    @Test
    void shouldRevokeItsSubscription() throws IOException {
        start("client.js");
        await().until(() -> has("subscribed"));

        client.getOutputStream().close();

        await().until(() -> has("revoked"));
    }

    @Test
    void shouldDecryptACallThatPubNubDelivers() throws IOException {
        start("pubnub.js");
        await().until(() -> has("subscribed") && has("PNConnectedCategory"));

        PhoneCall call = call().inbound("+15550100002").answeredBy("104").hangUp();
        call.notifications().forEach(platform::publish);

        await().until(() -> sequences().equals(sequences(call)));
        client.getOutputStream().close();
        await().until(() -> has("revoked"));
    }

    @Test
    void shouldCatchUpOverPubNub() throws IOException {
        start("pubnub.js");
        await().until(() -> has("subscribed") && has("PNConnectedCategory"));

        platform.faults().disconnect();
        PhoneCall call = call().inbound("+15550100002").answeredBy("104").hangUp();
        call.notifications().forEach(platform::publish);

        await().until(() -> sequences().equals(sequences(call)));
    }

    private boolean has(String what) {
        assertThat(said).extracting(one -> one.path("what").asText()).doesNotContain("failed");
        return said.stream().anyMatch(one -> one.path("what").asText().equals(what));
    }

    private List<Long> sequences() {
        return said.stream()
                .filter(one -> one.path("what").asText().equals("notification"))
                .map(one -> one.at("/value/body/sequence").asLong())
                .toList();
    }

    private static List<Long> sequences(PhoneCall call) {
        return call.notifications().stream().map(Notification::sequence).toList();
    }

    private void read() {
        try (BufferedReader lines = client.inputReader(UTF_8)) {
            lines.lines().forEach(line -> {
                System.out.println(line);
                if (line.startsWith("{")) {
                    said.add(PlatformClient.read(line));
                }
            });
        } catch (IOException ended) {
            // The test is over.
        }
    }
}
