package io.callweave.bridge.spool;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.callweave.bridge.RawRecord;
import io.callweave.bridge.Safekeeping.Kept;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;

/** A process with nothing but safekeeping behind HTTP: 200 for what is kept, 503 for what is not. To be killed. */
final class KeepingProcess {

    private KeepingProcess() {}

    /** Takes port, spool folder, its bytes, brokers and topic. */
    public static void main(String[] arguments) throws IOException {
        SpoolSettings settings = SpoolSettings.of(
                Path.of(arguments[1]),
                Long.parseLong(arguments[2]),
                Duration.ofSeconds(1),
                List.of(arguments[4]),
                Map.of("bootstrap.servers", arguments[3]));
        SpooledSafekeeping keeping = SpooledSafekeeping.open(settings, new SimpleMeterRegistry());
        HttpServer server = HttpServer.create(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[0])), 0);
        server.setExecutor(Executors.newFixedThreadPool(64));
        server.createContext("/", exchange -> answer(exchange, keeping, arguments[4]));
        server.createContext("/depth", exchange -> {
            byte[] depth = Long.toString(keeping.status().depth()).getBytes(UTF_8);
            exchange.sendResponseHeaders(200, depth.length);
            exchange.getResponseBody().write(depth);
            exchange.close();
        });
        server.start();
    }

    private static void answer(HttpExchange exchange, SpooledSafekeeping keeping, String topic) throws IOException {
        byte[] value = exchange.getRequestBody().readAllBytes();
        byte[] key = exchange.getRequestHeaders().getFirst("Key").getBytes(UTF_8);
        Kept kept = keeping.keep(new RawRecord(topic, key, value, List.of())).join();
        exchange.sendResponseHeaders(kept == Kept.KEPT ? 200 : 503, -1);
        exchange.close();
    }
}
