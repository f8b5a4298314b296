package io.callweave.cli.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.cli.Callweave;
import io.callweave.cli.common.ExitStatus;
import io.callweave.local.BoundPort;
import io.callweave.platform.PlatformClient;
import io.callweave.platform.WebhookReceiver;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.Truth;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command {@code simulate --platform}, as a client of RingCentral sees it. */
@Tag("full")
class SimulatePlatformIT {

    private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+");

    @TempDir
    private Path directory;

    private final StringWriter err = new StringWriter();

    @Test
    void shouldDeliverEveryCallAsItReallyWas() throws Exception {
        Path truth = directory.resolve("truth.ndjson");
        FutureTask<Integer> command = new FutureTask<>(
                () -> execute("simulate", "--platform=0", "--for=10m", "--speed=300", "--truth=" + truth));
        Thread thread = new Thread(command, "simulate");
        thread.start();
        try (WebhookReceiver webhook = new WebhookReceiver()) {
            await().until(() -> ADDRESS.matcher(err.toString()).find());
            Matcher address = ADDRESS.matcher(err.toString());
            assertThat(address.find()).isTrue();
            PlatformClient client = new PlatformClient(address.group(), "400001001");
            client.signIn();
            client.subscribe(webhook.address(), "/restapi/v1.0/account/~/telephony/sessions?sipData=true");

            await().until(() -> err.toString().contains("All calls are over"));
            await().until(() -> {
                JsonNode counts = client.get("/control").json();
                return counts.path("taken").equals(counts.path("sent"))
                        && counts.path("sent").asInt() == webhook.received().size();
            });

            List<String> lines =
                    webhook.received().stream().map(JsonNode::toString).toList();
            Truth calls = Truth.of(Files.readAllLines(truth));
            assertThat(calls.size()).isGreaterThan(10);
            assertThat(calls.differences(Assembled.lines(lines))).isEmpty();
        } finally {
            thread.interrupt();
        }
        assertThat(command.get()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void shouldSayThatThePortIsTaken() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int status = execute("simulate", "--platform=" + taken.getLocalPort());

            assertThat(status).isEqualTo(ExitStatus.FAILED);
            assertThat(err.toString())
                    .isEqualToNormalizingNewlines("callweave: The platform cannot listen at 127.0.0.1:"
                            + taken.getLocalPort()
                            + ": the address is in use, or does not belong to this machine.\n");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--platform=70000 | --platform is \"70000\"; it must be a port, or like 127.0.0.1:8090.",
                "--access-token-life=soon | --access-token-life is \"soon\"; it must be like 30s, 10m or 24h.",
                "--without-permission=Talk | --without-permission is \"Talk\"; it must be one of CallControl, ReadCallLog,",
                "--out=x | Name one of --out, --url, --bootstrap-servers and --platform.",
            })
    void shouldRefuseWrongOptionsInASentence(String option, String sentence) throws IOException {
        try (BoundPort port = new BoundPort()) {
            int status = option.startsWith("--platform")
                    ? execute("simulate", option)
                    : execute("simulate", "--platform=" + port.number(), option);

            assertThat(status).isEqualTo(ExitStatus.WRONG_USAGE);
            assertThat(err.toString()).contains(sentence);
        }
    }

    private int execute(String... arguments) {
        return Callweave.commandLine()
                .setErr(new PrintWriter(err, true))
                .setOut(new PrintWriter(err, true))
                .execute(arguments);
    }
}
