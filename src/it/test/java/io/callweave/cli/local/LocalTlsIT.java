package io.callweave.cli.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.callweave.cli.Callweave;
import io.callweave.local.ChildJvm;
import io.callweave.local.KeyStores;
import io.callweave.platform.PlatformOptions;
import io.callweave.platform.PlatformServer;
import io.callweave.platform.TlsFront;
import io.callweave.simulation.platform.SimulatedAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** RingCentral behind TLS, with a certificate that only a trust store of the user knows. */
@Tag("full")
class LocalTlsIT {

    private static final String ACCOUNT = SimulatedAccount.FIRST.id();

    @TempDir
    private Path directory;

    private final PlatformServer platform =
            PlatformServer.start(PlatformOptions.of(List.of(ACCOUNT)).withoutRateLimits(), Clock.systemUTC());

    @AfterEach
    void close() {
        platform.close();
    }

    @Test
    void shouldConnectWithATrustStore() throws Exception {
        Path server = KeyStores.make(directory, "server", "RSA");
        try (TlsFront front = TlsFront.of(platform, server, server)) {
            Process local = local(front, server);
            try {
                await().until(() -> said("The WebSocket is connected.") || !local.isAlive());

                assertThat(local.isAlive()).as(err()).isTrue();
                assertThat(platform.subscriptions()).isEqualTo(1);
            } finally {
                local.destroyForcibly().waitFor();
            }
        }
    }

    @Test
    void shouldSayThatTheCertificateIsNotAccepted() throws Exception {
        Path server = KeyStores.make(directory, "server", "RSA");
        Path other = KeyStores.make(directory, "other", "RSA");
        try (TlsFront front = TlsFront.of(platform, server, server)) {
            Process local = local(front, other);

            assertThat(local.waitFor(3, TimeUnit.MINUTES)).isTrue();
            assertThat(local.exitValue()).isEqualTo(1);
            assertThat(err())
                    .isEqualTo("callweave: RingCentral cannot be reached at " + front.address()
                            + ": the TLS certificate is not accepted.\n");
        }
    }

    @Test
    void shouldSayThatTheCertificateOfTheGatewayIsNotAccepted() throws Exception {
        Path server = KeyStores.make(directory, "server", "RSA");
        Path gateway = KeyStores.make(directory, "gateway", "RSA");
        try (TlsFront front = TlsFront.of(platform, server, gateway)) {
            Process local = local(front, server);
            try {
                await().until(() -> said("The WebSocket gateway at 127.0.0.1 cannot be reached: the TLS certificate is"
                                + " not accepted.")
                        || !local.isAlive());

                assertThat(local.isAlive()).as(err()).isTrue();
                assertThat(err()).doesNotContain("\tat ", "secret-", "jwt-");
            } finally {
                local.destroyForcibly().waitFor();
            }
        }
    }

    private Process local(TlsFront front, Path trusted) throws IOException {
        List<String> command = new ArrayList<>(ChildJvm.command(
                Callweave.class.getName(),
                "-Djavax.net.ssl.trustStore=" + trusted,
                "-Djavax.net.ssl.trustStorePassword=" + KeyStores.PASSWORD));
        command.addAll(List.of(
                "local",
                "--data-dir=" + directory.resolve("data"),
                "--ringcentral-server=" + front.address(),
                "--ringcentral-client-id=client-" + ACCOUNT,
                "--ringcentral-client-secret=secret-" + ACCOUNT,
                "--ringcentral-jwt=jwt-" + ACCOUNT));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(directory.resolve("out").toFile())
                .redirectError(directory.resolve("err").toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("CALLWEAVE_"));
        return builder.start();
    }

    private boolean said(String words) throws IOException {
        return err().contains(words);
    }

    private String err() throws IOException {
        return Files.readString(directory.resolve("err"));
    }
}
