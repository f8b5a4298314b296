package io.callweave.deliver.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.callweave.local.KeyStores;
import io.callweave.runtime.http.BoundedTls;
import io.callweave.runtime.http.InterimAnswers;
import io.callweave.runtime.http.OutgoingHttp;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.client.ProxyConfiguration;
import org.eclipse.jetty.io.ClientConnectionFactory;
import org.eclipse.jetty.util.SocketAddressResolver;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An endpoint decides how much TLS costs: it can end each connection, and have a certificate that takes long to check. */
class TlsInTurnsTest {

    private static final int THREADS = 8;
    private static final int TURNS = 4;

    @TempDir
    private Path folder;

    private final ExecutorService answering = Executors.newCachedThreadPool();
    private final CountDownLatch checked = new CountDownLatch(1);
    private final AtomicInteger atWork = new AtomicInteger();
    private final QueuedThreadPool threads = OutgoingHttp.daemons(THREADS, "tls-test");
    private final ScheduledExecutorScheduler timeouts = new ScheduledExecutorScheduler("tls-test-timeouts", true);
    private SSLContext server;
    private HttpsServer costly;
    private HttpsServer usual;
    private HttpClient client;

    @BeforeEach
    void start() throws Exception {
        server = KeyStores.context(KeyStores.make(folder, "server", "EC"));
        costly = endpoint();
        usual = endpoint();
        threads.start();
        timeouts.start();
        AccountTurns turns = new AccountTurns(threads, TURNS);
        BoundedTls connector = new BoundedTls() {
            @Override
            public ClientConnectionFactory newSslClientConnectionFactory(
                    SslContextFactory.Client tls, ClientConnectionFactory next) {
                return new TlsInTurns(tls, getByteBufferPool(), getExecutor(), next, turns);
            }
        };
        SslContextFactory.Client tls = new SslContextFactory.Client();
        SSLContext checking = SSLContext.getInstance("TLS");
        checking.init(null, new TrustManager[] {new SlowChecks()}, null);
        tls.setSslContext(checking);
        tls.setEndpointIdentificationAlgorithm(null);
        connector.setSslContextFactory(tls);
        client = OutgoingHttp.start(
                connector,
                threads,
                timeouts,
                new SocketAddressResolver.Sync(),
                Duration.ofMinutes(1),
                Duration.ofMinutes(1),
                new InterimAnswers(),
                new ProxyConfiguration());
    }

    @AfterEach
    void stop() throws Exception {
        checked.countDown();
        client.stop();
        timeouts.stop();
        threads.stop();
        costly.stop(0);
        usual.stop(0);
        answering.shutdown();
    }

    @Test
    void shouldPostWhileTlsOfAnotherAccountTakesLong() {
        for (int i = 0; i < 40; i++) {
            var unused = post(costly, "1");
        }
        await().until(() -> atWork.get() > 0);

        assertThat(post(usual, "2").orTimeout(20, TimeUnit.SECONDS).join()).isEqualTo(200);
        assertThat(atWork.get()).isLessThanOrEqualTo(TURNS / 2);
    }

    private CompletableFuture<Integer> post(HttpsServer to, String account) {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        client.POST("https://127.0.0.1:" + to.getAddress().getPort() + "/")
                .tag(account)
                .send(result -> status.complete(result.getResponse().getStatus()));
        return status;
    }

    private HttpsServer endpoint() throws Exception {
        HttpsServer endpoint = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        endpoint.setHttpsConfigurator(new HttpsConfigurator(server));
        endpoint.setExecutor(answering);
        endpoint.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        endpoint.start();
        return endpoint;
    }

    /** Those of the costly endpoint have no end. */
    private final class SlowChecks extends X509ExtendedTrustManager {

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {
            if (engine.getPeerPort() != costly.getAddress().getPort()) {
                return;
            }
            atWork.incrementAndGet();
            try {
                checked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
