package io.callweave.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** TLS in front of a stand-in: HTTPS for REST, and another port for the WebSocket gateway. */
public final class TlsFront implements AutoCloseable {

    public static final String PASSWORD = "changeit";

    private final URI platform;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "tls-front");
        thread.setDaemon(true);
        return thread;
    });
    private final HttpsServer rest;
    private final SSLServerSocket gateway;

    private TlsFront(URI platform, SSLContext ofRest, SSLContext ofGateway) throws IOException {
        this.platform = platform;
        gateway = (SSLServerSocket)
                ofGateway.getServerSocketFactory().createServerSocket(0, 0, InetAddress.getLoopbackAddress());
        rest = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        rest.setHttpsConfigurator(new HttpsConfigurator(ofRest));
        rest.setExecutor(threads);
        rest.createContext("/", this::pass);
        rest.start();
        threads.execute(this::accept);
    }

    /**
     * Starts both.
     *
     * @param rest key store of the server
     * @param gateway key store of the WebSocket gateway
     */
    public static TlsFront of(PlatformServer platform, Path rest, Path gateway) throws Exception {
        return new TlsFront(URI.create(platform.address()), context(rest), context(gateway));
    }

    /** Makes a key store with a certificate for 127.0.0.1 that is a trust store as well. */
    public static Path certificate(Path directory, String name) throws Exception {
        Path keys = directory.resolve(name + "-keys.p12");
        Path exported = directory.resolve(name + ".crt");
        Path store = directory.resolve(name + ".p12");
        keytool(
                keys,
                "-genkeypair",
                "-alias",
                name,
                "-keyalg",
                "RSA",
                "-dname",
                "CN=" + name,
                "-ext",
                "san=ip:127.0.0.1");
        keytool(keys, "-exportcert", "-alias", name, "-file", exported.toString());
        Files.copy(keys, store);
        keytool(store, "-importcert", "-noprompt", "-alias", name + "-trusted", "-file", exported.toString());
        return store;
    }

    public String address() {
        return "https://127.0.0.1:" + rest.getAddress().getPort();
    }

    @Override
    public void close() throws IOException {
        rest.stop(0);
        gateway.close();
        threads.shutdownNow();
    }

    private void pass(HttpExchange exchange) throws IOException {
        try (exchange) {
            HttpRequest.Builder request = HttpRequest.newBuilder(platform.resolve(exchange.getRequestURI()))
                    .method(
                            exchange.getRequestMethod(),
                            HttpRequest.BodyPublishers.ofByteArray(
                                    exchange.getRequestBody().readAllBytes()));
            for (String name : List.of("Authorization", "Content-Type", "Accept")) {
                String value = exchange.getRequestHeaders().getFirst(name);
                if (value != null) {
                    request.header(name, value);
                }
            }
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            byte[] body = answer.body()
                    .replace("ws://" + platform.getAuthority(), "wss://127.0.0.1:" + gateway.getLocalPort())
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.statusCode(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void accept() {
        while (!gateway.isClosed()) {
            try {
                Socket outside = gateway.accept();
                Socket inside = new Socket(platform.getHost(), platform.getPort());
                threads.execute(() -> copy(outside, inside));
                threads.execute(() -> copy(inside, outside));
            } catch (IOException closed) {
                // The next one, if there is one.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to;
                InputStream in = from.getInputStream()) {
            in.transferTo(to.getOutputStream());
        } catch (IOException ended) {
            // Then the other direction ends, too.
        }
    }

    private static SSLContext context(Path store) throws Exception {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray()), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void keytool(Path store, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        command.addAll(List.of(arguments));
        command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException(output);
        }
    }
}
