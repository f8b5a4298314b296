package io.callweave.platform;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.callweave.local.KeyStores;
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
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;

/** TLS in front of a stand-in: HTTPS for REST, and another port for the WebSocket gateway. */
public final class TlsFront implements AutoCloseable {

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
        return new TlsFront(URI.create(platform.address()), KeyStores.context(rest), KeyStores.context(gateway));
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
}
