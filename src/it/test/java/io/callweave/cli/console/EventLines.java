package io.callweave.cli.console;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** All that one client hears of the stream of changes. */
final class EventLines implements AutoCloseable {

    private final InputStream body;
    private final StringBuilder text = new StringBuilder();

    private EventLines(InputStream body) {
        this.body = body;
        Thread reading = new Thread(this::read, "event-lines");
        reading.setDaemon(true);
        reading.start();
    }

    static EventLines listen(String address, String token) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/v1/events"))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token)
                .build();
        return new EventLines(HttpClient.newHttpClient()
                .send(request, BodyHandlers.ofInputStream())
                .body());
    }

    private void read() {
        byte[] buffer = new byte[1 << 16];
        try {
            for (int length = body.read(buffer); length >= 0; length = body.read(buffer)) {
                add(new String(buffer, 0, length, StandardCharsets.ISO_8859_1));
            }
        } catch (IOException closed) {
            // The test or the console has ended.
        }
    }

    private synchronized void add(String more) {
        text.append(more);
    }

    /** What was heard until now; bytes as characters, because a read can end within one. */
    synchronized String text() {
        return text.toString();
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
