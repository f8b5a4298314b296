package io.callweave.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.bridge.OneAccount;
import io.callweave.cli.Callweave;
import io.callweave.cli.CommandProcess;
import io.callweave.cli.common.ExitStatus;
import io.callweave.local.BoundPort;
import io.callweave.local.Signals;
import io.callweave.platform.PlatformServer;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.WireJson;
import io.callweave.simulation.truth.CallTruth;
import io.callweave.testcalls.Truth;
import io.callweave.topology.CallsFold;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One's own account over a WebSocket: every call as it really was, and a word where calls may be missing. */
@Tag("full")
class LocalIT {

    /** RingCentral keeps 100. */
    private static final int WITHIN_BUFFER = 60;

    @TempDir
    private Path directory;

    private final StringWriter said = new StringWriter();

    @Test
    void shouldShowEveryCallThroughDisconnectsWithinAndBeyondRecovery() throws Exception {
        Day before = new Day(1);
        Day after = new Day(2);
        Path calls = directory.resolve("calls.ndjson");
        Path err = directory.resolve("err");
        try (PlatformServer platform = OneAccount.platform(before.account, Set.of())) {
            Process local = CommandProcess.start(
                    directory.resolve("out"), err, arguments(platform, before.account, "--calls=" + calls));
            try {
                await().until(() -> said(err, "The WebSocket is connected.") || !local.isAlive());
                assertThat(local.isAlive()).as(Files.readString(err)).isTrue();

                before.notifications.forEach(platform::publish);
                await().untilAsserted(() ->
                        assertThat(before.truth.differences(records(calls))).isEmpty());

                // All of before has arrived: what is on its way when a connection breaks can exceed the buffer.
                platform.faults().disconnect();
                after.notifications.subList(0, WITHIN_BUFFER).forEach(platform::publish);
                await().until(() -> platform.faults().connections() == 1);
                after.notifications
                        .subList(WITHIN_BUFFER, after.notifications.size())
                        .forEach(platform::publish);
                int all = before.truth.size() + after.truth.size();
                await().until(() -> records(calls).size() == all);
                await().until(() -> callsOfTheConsole(err) == all);
                assertThat(said(err, "may be missing")).isFalse();

                platform.faults().disconnectForGood();
                await().until(() -> said(err, "may be missing. Calls of that time"));
                await().until(() -> platform.faults().connections() == 1);

                Signals.send("INT", local);
                assertThat(local.waitFor(2, TimeUnit.MINUTES)).isTrue();
            } finally {
                local.destroyForcibly();
            }
            assertThat(local.exitValue()).isEqualTo(ExitStatus.DONE);
            assertThat(Files.readString(err))
                    .contains("0 live calls, " + (before.truth.size() + after.truth.size()) + " finished")
                    .doesNotContain("secret-", "jwt-");
        }
    }

    /** The second start uses the subscription of the first one, and its verification token. */
    @Test
    void shouldTakeWebhooksIfThereIsAPublicAddress() throws Exception {
        Day day = new Day(3);
        Path calls = directory.resolve("calls.ndjson");
        try (BoundPort port = new BoundPort();
                PlatformServer platform = OneAccount.platform(day.account, Set.of())) {
            String[] arguments = arguments(
                    platform,
                    day.account,
                    "--calls=" + calls,
                    "--bridge-port=" + port.number(),
                    "--bridge-public-url=http://127.0.0.1:" + port.number());
            for (int start = 0; start < 2; start++) {
                Path err = directory.resolve("err-" + start);
                Process local = CommandProcess.start(directory.resolve("out"), err, arguments);
                try {
                    await().until(() -> said(err, "The webhook subscription is active.") || !local.isAlive());
                    assertThat(local.isAlive()).as(Files.readString(err)).isTrue();
                    if (start == 1) {
                        day.notifications.forEach(platform::publish);
                        await().untilAsserted(() -> assertThat(day.truth.differences(records(calls)))
                                .isEmpty());
                    }
                    Signals.send("INT", local);
                    assertThat(local.waitFor(2, TimeUnit.MINUTES)).isTrue();
                } finally {
                    local.destroyForcibly();
                }
            }
            assertThat(platform.subscriptions()).isEqualTo(1);
        }
    }

    @Test
    void shouldSayInOneSentenceWhyItCannotStart() throws Exception {
        try (PlatformServer platform = OneAccount.platform("809646016", Set.of(PlatformCredentials.WEB_SOCKETS))) {
            assertThat(execute(arguments(platform, "809646016"))).isEqualTo(ExitStatus.FAILED);
            assertThat(said.toString())
                    .isEqualToNormalizingNewlines(
                            "callweave: The permission WebSocketsSubscription is missing (CMN-401): add it to the app"
                                    + " in the developer console, and to the role of the user.\n");
        }
        try (PlatformServer platform = OneAccount.platform("809646016", Set.of())) {
            // Nobody listens at port 1.
            int unreachable = execute(arguments(
                    platform,
                    "809646016",
                    "--set=ringcentral.transport=pubnub",
                    "--set=ringcentral.pubnub-server=http://127.0.0.1:1"));

            assertThat(unreachable).isEqualTo(ExitStatus.FAILED);
            assertThat(said.toString())
                    .endsWith("callweave: PubNub cannot be reached: look at ringcentral.pubnub-server."
                            + System.lineSeparator());
            assertThat(platform.subscriptions()).isZero();
        }
        assertThat(execute("local")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(said.toString().lines()).hasSize(6);
    }

    private int execute(String... arguments) {
        said.getBuffer().setLength(0);
        return Callweave.commandLine().setErr(new PrintWriter(said, true)).execute(arguments);
    }

    private String[] arguments(PlatformServer platform, String account, String... more) {
        List<String> all = new ArrayList<>(List.of(
                "local",
                "--data-dir=" + directory.resolve("data"),
                "--ringcentral-server=" + platform.address(),
                "--ringcentral-client-id=client-" + account,
                "--ringcentral-client-secret=secret-" + account,
                "--ringcentral-jwt=jwt-" + account,
                // Without it, RingCentral sends no SIP ids, which the truth has.
                "--ringcentral-filters=/restapi/v1.0/account/~/telephony/sessions?sipData=true"));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    private static boolean said(Path err, String words) throws IOException {
        return Files.readString(err).contains(words);
    }

    private static int callsOfTheConsole(Path err) throws IOException, InterruptedException {
        Matcher console = Pattern.compile("console +(http://\\S+?)/ ").matcher(Files.readString(err));
        assertThat(console.find()).isTrue();
        HttpRequest request = HttpRequest.newBuilder(URI.create(console.group(1) + "/v1/calls/statistics"))
                .POST(BodyPublishers.ofString("{}"))
                .build();
        String answer = HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofString())
                .body();
        return WireJson.read(answer).path("calls").asInt();
    }

    private static List<String> records(Path calls) throws IOException {
        if (!Files.exists(calls)) {
            return List.of();
        }
        String text = Files.readString(calls);
        String whole = text.substring(0, text.lastIndexOf('\n') + 1);
        return List.copyOf(CallsFold.of(whole.lines().toList()).records().values());
    }

    /** A quarter of an hour of a contact centre. */
    private static final class Day {

        private final List<Notification> notifications = new ArrayList<>();
        private final Truth truth;
        private final String account;

        private Day(long seed) {
            Traffic traffic = new Traffic(
                    new CentreSize(
                            seed,
                            1,
                            20,
                            Instant.parse("2026-03-02T09:00:00Z").plusSeconds(86_400 * seed),
                            Duration.ofMinutes(15),
                            true),
                    DeliveryFaults.NONE);
            account = traffic.accounts().get(0);
            List<CallTruth> calls = new ArrayList<>();
            while (traffic.hasNext()) {
                Traffic.Item item = traffic.next();
                if (item.notification() != null) {
                    notifications.add(Objects.requireNonNull(item.notification()));
                }
                calls.addAll(item.told());
            }
            truth = Truth.ofCalls(calls);
        }
    }
}
