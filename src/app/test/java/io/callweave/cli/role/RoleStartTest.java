package io.callweave.cli.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.cli.CommandProcess;
import io.callweave.cli.common.ExitStatus;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a role begins and ends as a process: its exit status, and what it says. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // for what would hang
class RoleStartTest {

    @TempDir
    private Path folder;

    private Path out;
    private Path err;

    @BeforeEach
    void name() {
        out = folder.resolve("out");
        err = folder.resolve("err");
    }

    @Test
    void shouldSayWhyAPartCannotStartAndEndAlthoughOthersHaveStarted() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {

            CommandProcess bridge = CommandProcess.run(null, bridge(taken.getLocalPort()));

            assertThat(bridge.status()).isEqualTo(ExitStatus.FAILED);
            assertThat(bridge.err())
                    .isEqualToNormalizingNewlines("callweave: Webhooks cannot be served at 127.0.0.1:"
                            + taken.getLocalPort() + " (bridge.host, bridge.port): the address is in use, or does not"
                            + " belong to this machine.\n");
        }
    }

    @Test
    void shouldEndWithTheStatusForDoneOnASignal() throws Exception {
        Process bridge = CommandProcess.start(out, err, bridge(0));
        await().atMost(2, TimeUnit.MINUTES).until(() -> Files.readString(err).contains("callweave: bridge runs."));

        bridge.destroy();

        assertThat(bridge.waitFor()).isEqualTo(ExitStatus.DONE);
        assertThat(Files.readString(err))
                .contains("callweave: webhooks are taken at http://", "/health/ready, /metrics");
    }

    /** It waits for a broker that answers; nobody should have to wait for that wait. */
    @Test
    void shouldEndWithTheStatusForDoneOnASignalDuringTheStart() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Process streams = CommandProcess.start(
                    out,
                    err,
                    "streams",
                    "--bootstrap-servers=127.0.0.1:" + silent.getLocalPort(),
                    "--state-dir=" + folder.resolve("state"),
                    "--http-port=0");
            silent.accept().close();

            streams.destroy();

            assertThat(streams.waitFor()).isEqualTo(ExitStatus.DONE);
            assertThat(Files.readString(err)).doesNotContain("callweave: ");
        }
    }

    private String[] bridge(int port) {
        return new String[] {
            "bridge",
            "--bootstrap-servers=127.0.0.1:1",
            "--set=state.dir=" + folder.resolve("state"),
            "--bridge-spool-dir=" + folder.resolve("spool"),
            "--set=bridge.accounts=1",
            "--set=bridge.account-tokens=1=a-token-for-tests",
            "--bridge-port=" + port,
            "--http-port=0"
        };
    }
}
