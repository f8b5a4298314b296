import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;

/** Keeps the newest record of each call that comes by webhook. Argument: port. Environment: WEBHOOK_SECRET. */
public final class Receiver {

    public static void main(String[] args) throws Exception {
        if (args.length != 1 || System.getenv("WEBHOOK_SECRET") == null) {
            System.err.println("Usage: WEBHOOK_SECRET=whsec_... Receiver PORT");
            System.exit(2);
        }
        Webhook webhook = new Webhook(System.getenv("WEBHOOK_SECRET"));
        ObjectMapper json = new ObjectMapper();
        Calls calls = new Calls();

        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", Integer.parseInt(args[0])), 0);
        server.createContext("/calls", exchange -> {
            int status = 204;
            try {
                String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                webhook.verify(body, exchange.getRequestHeaders());
                JsonNode event = json.readTree(body);
                JsonNode value = event.has("data") ? event.get("data") : event;
                if (value.has("revision")) { // not a live call or a test
                    calls.upsert(value);
                }
            } catch (WebhookVerificationException e) {
                status = 401;
            }
            // Answer when the call is stored: what is not answered with 2xx comes again.
            exchange.sendResponseHeaders(status, -1);
            exchange.close();
        });
        server.start();
        System.out.println("http://127.0.0.1:" + server.getAddress().getPort() + "/calls");
    }
}
