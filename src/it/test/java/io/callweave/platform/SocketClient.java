package io.callweave.platform;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

/** A client of the WebSocket gateway that keeps each frame. */
final class SocketClient implements WebSocket.Listener {

    private final List<JsonNode> frames = new CopyOnWriteArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private volatile WebSocket socket;
    private volatile boolean closed;

    /** Connects with a new token, and recovers a session if there is a wsc token. */
    static SocketClient connect(PlatformClient client, String wsc) {
        PlatformClient.Answer token = client.post("/restapi/oauth/wstoken");
        return connect(
                client,
                token.text("/uri"),
                "access_token=" + token.text("/ws_access_token") + (wsc.isEmpty() ? "" : "&wsc=" + wsc));
    }

    static SocketClient connect(PlatformClient client, String uri, String query) {
        SocketClient listener = new SocketClient();
        listener.socket = client.http()
                .newWebSocketBuilder()
                .buildAsync(URI.create(uri + "?" + query), listener)
                .join();
        return listener;
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
        text.append(data);
        if (last) {
            frames.add(PlatformClient.read(text.toString()));
            text.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closed = true;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        closed = true;
    }

    boolean isClosed() {
        return closed;
    }

    void send(String frame) {
        socket.sendText(frame, true).join();
    }

    /** Sends a request over the WebSocket. */
    void request(String id, String method, String path, JsonNode body) {
        send("[{\"type\":\"ClientRequest\",\"messageId\":\"" + id + "\",\"method\":\"" + method + "\",\"path\":\""
                + path + "\"}," + body + "]");
    }

    void subscribe(String id, String... filters) {
        JsonNode body = PlatformClient.subscription("", filters);
        request(
                id,
                "POST",
                PlatformClient.SUBSCRIPTION,
                PlatformClient.read(body.toString().replace("WebHook", "WebSocket")));
    }

    List<JsonNode> frames(String type) {
        return new ArrayList<>(frames)
                .stream()
                        .filter(frame -> frame.at("/0/type").asText().equals(type))
                        .toList();
    }

    void abort() {
        socket.abort();
    }
}
