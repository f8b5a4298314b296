package io.callweave.bridge.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.callweave.local.KeyStores;
import io.callweave.runtime.startup.OperationsException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.AlgorithmConstraints;
import java.security.AlgorithmParameters;
import java.security.CryptoPrimitive;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** TLS over loopback, with certificates made for the test. */
@Tag("full")
class TlsIT {

    /** Each pair of keys is made once. */
    @TempDir
    private static Path made;

    @TempDir
    private Path folder;

    @BeforeEach
    void writeAccounts() throws Exception {
        Files.writeString(folder.resolve("accounts.properties"), "account.1=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC"})
    void shouldServePemAndTakeANewOneWhenItChanges(String algorithm) throws Exception {
        TlsFiles pem = new TlsFiles(folder.resolve("chain.pem"), folder.resolve("key.pem"), "");
        writePem(pem, pkcs12("first", algorithm));
        try (WebhookBridge bridge = start(pem)) {
            assertThat(bridge.address()).startsWith("https://");
            assertThat(subject(bridge, "TLSv1.2")).isEqualTo("CN=first");
            assertThat(subject(bridge, "TLSv1.3")).isEqualTo("CN=first");

            writePem(pem, pkcs12("second", algorithm));

            await().until(() -> subject(bridge, "TLSv1.3").equals("CN=second"));
        }
    }

    @Test
    void shouldStayWithTheOneBeforeWhenTheNewOneIsWrong() throws Exception {
        Path store = folder.resolve("bridge.p12");
        Files.copy(pkcs12("first", "EC"), store);
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (WebhookBridge bridge = start(new TlsFiles(store, null, KeyStores.PASSWORD), registry)) {
            Files.writeString(store, "nonsense");

            await().until(() -> registry.get("callweave.bridge.reload.failed")
                            .tags("what", "certificate")
                            .counter()
                            .count()
                    > 0);
            assertThat(subject(bridge, "TLSv1.3")).isEqualTo("CN=first");
            Files.copy(pkcs12("second", "EC"), store, StandardCopyOption.REPLACE_EXISTING);
            await().until(() -> subject(bridge, "TLSv1.3").equals("CN=second"));
        }
    }

    @Test
    void shouldRefuseOldProtocols() throws Exception {
        Path store = pkcs12("first", "EC");
        try (WebhookBridge bridge = start(new TlsFiles(store, null, KeyStores.PASSWORD))) {
            assertThatThrownBy(() -> subject(bridge, "TLSv1.1")).isInstanceOf(SSLHandshakeException.class);
        }
    }

    /** To ask for them costs a stranger nothing, and the bridge a hundred times what others do. */
    @ParameterizedTest
    @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
    void shouldRefuseKeyExchangesThatCostMuch(String protocol) throws Exception {
        try (WebhookBridge bridge = start(new TlsFiles(pkcs12("first", "RSA"), null, KeyStores.PASSWORD))) {
            assertThatThrownBy(() -> subject(bridge, protocol, new FiniteFields()))
                    .isInstanceOf(SSLException.class);
        }
    }

    /** Handshakes take turns, and one without an end would have all of them. */
    @Test
    void shouldCloseAConnectionWhoseHandshakeHasNoEnd() throws Exception {
        byte[] warning = {21, 3, 3, 0, 2, 1, 90};
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (WebhookBridge bridge = start(new TlsFiles(pkcs12("first", "EC"), null, KeyStores.PASSWORD), registry);
                var socket = RawHttp.connect(bridge.address())) {
            for (int i = 0; i < 1_000; i++) {
                socket.getOutputStream().write(warning);
            }
            RawHttp.readAll(socket);
        } catch (SocketException closed) {
            // As it has to be.
        }
        assertThat(registry.get("callweave.bridge.connections.stalled")
                        .counter()
                        .count())
                .as("closed only because its time was over")
                .isZero();
    }

    @Test
    void shouldCloseAConnectionThatOnlyDripsAHandshake() throws Exception {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        WebhookLimits limits = BridgeConfigs.limits(Duration.ofSeconds(2), Duration.ofSeconds(1));
        try (WebhookBridge bridge =
                        start(new TlsFiles(pkcs12("first", "EC"), null, KeyStores.PASSWORD), registry, limits);
                var socket = RawHttp.connect(bridge.address())) {
            socket.getOutputStream().write(0x16);

            assertThat(RawHttp.readAll(socket)).isEmpty();
            await().until(() -> registry.get("callweave.bridge.connections.stalled")
                            .counter()
                            .count()
                    == 1);
        }
    }

    @Test
    void shouldSayWhyACertificateCannotBeUsed() throws Exception {
        TlsFiles pem = new TlsFiles(folder.resolve("chain.pem"), folder.resolve("key.pem"), "");
        writePem(pem, pkcs12("first", "EC"));
        String key = Files.readString(pem.key());
        writePem(pem, pkcs12("second", "EC"));
        Files.writeString(pem.key(), key);

        assertThatThrownBy(pem::read).isInstanceOf(OperationsException.class).hasMessageContaining("not of one pair");
        Files.writeString(pem.key(), "-----BEGIN RSA PRIVATE KEY-----");
        assertThatThrownBy(pem::read).hasMessageContaining("PKCS #8");
    }

    private WebhookBridge start(TlsFiles tls) {
        return start(tls, new SimpleMeterRegistry());
    }

    private WebhookBridge start(TlsFiles tls, SimpleMeterRegistry registry) {
        return start(tls, registry, BridgeConfigs.PATIENT);
    }

    private WebhookBridge start(TlsFiles tls, SimpleMeterRegistry registry, WebhookLimits limits) {
        return WebhookBridge.start(folder, BridgeConfigs.webhook(tls, limits), new FakeSink(), registry);
    }

    /** Whom the certificate names; the request over it must be answered as well. */
    private static String subject(WebhookBridge bridge, String protocol) throws Exception {
        return subject(bridge, protocol, null);
    }

    private static String subject(WebhookBridge bridge, String protocol, @Nullable AlgorithmConstraints constraints)
            throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        URI uri = URI.create(bridge.address());
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(uri.getHost(), uri.getPort())) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setProtocols(new String[] {protocol});
            parameters.setAlgorithmConstraints(constraints);
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            socket.getOutputStream()
                    .write(
                            "POST /webhooks/1 HTTP/1.1\r\nHost: b\r\nConnection: close\r\nContent-Length: 0\r\nValidation-Token: v\r\n\r\n"
                                    .getBytes(StandardCharsets.UTF_8));
            assertThat(RawHttp.parse(RawHttp.readAll(socket)).status()).isEqualTo(200);
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    private static Path pkcs12(String name, String algorithm) throws Exception {
        Path store = Files.createDirectories(made.resolve(algorithm)).resolve(name + ".p12");
        return Files.exists(store) ? store : KeyStores.make(store.getParent(), name, algorithm);
    }

    private static void writePem(TlsFiles pem, Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), KeyStores.PASSWORD.toCharArray());
        Files.writeString(
                pem.key(),
                block(
                        "PRIVATE KEY",
                        keys.getKey("key", KeyStores.PASSWORD.toCharArray()).getEncoded()));
        Files.writeString(
                pem.certificate(),
                block("CERTIFICATE", keys.getCertificate("key").getEncoded()));
    }

    private static String block(String type, byte[] der) {
        return "-----BEGIN " + type + "-----\n" + Base64.getMimeEncoder().encodeToString(der) + "\n-----END " + type
                + "-----\n";
    }

    /** A client that knows no elliptic curves. */
    private static final class FiniteFields implements AlgorithmConstraints {

        @Override
        public boolean permits(
                Set<CryptoPrimitive> primitives, String algorithm, @Nullable AlgorithmParameters parameters) {
            return !algorithm.matches("(x25519|x448|secp|TLS_ECDHE_).*");
        }

        @Override
        public boolean permits(Set<CryptoPrimitive> primitives, Key key) {
            return true;
        }

        @Override
        public boolean permits(
                Set<CryptoPrimitive> primitives, String algorithm, Key key, @Nullable AlgorithmParameters parameters) {
            return true;
        }
    }

    /** It is the test's own certificate. */
    private static final class TrustAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
