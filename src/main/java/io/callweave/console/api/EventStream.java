package io.callweave.console.api;

import io.callweave.access.AccountScope;
import io.callweave.console.feed.ChangeEvent;
import io.callweave.console.feed.ChangeListener;
import io.callweave.console.feed.Changes;
import io.javalin.http.sse.SseClient;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes changes to one client, in a thread of its own: one that does not read holds up nobody else. */
final class EventStream {

    private static final Logger LOG = LoggerFactory.getLogger(EventStream.class);

    /** A client that went away is noticed by writing to it. */
    private static final long SILENCE_MS = 15_000;

    private EventStream() {}

    /** @param after the id that the client heard last; null for none */
    static void start(SseClient client, Changes changes, AccountScope scope, @Nullable String after) {
        ChangeListener listener = changes.listen(scope, after);
        client.keepAlive();
        client.onClose(listener::close);
        Thread writer = new Thread(() -> write(client, listener), "console-events");
        writer.setDaemon(true);
        writer.start();
    }

    private static void write(SseClient client, ChangeListener listener) {
        try {
            client.sendComment("connected");
            while (!listener.isClosed() && !client.terminated()) {
                ChangeEvent event = listener.next(SILENCE_MS);
                if (event != null) {
                    client.sendEvent(event.type(), event.data(), event.id().isEmpty() ? null : event.id());
                } else if (!listener.isClosed()) {
                    client.sendComment("still here");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atDebug().setCause(e).log("A client of the console's events went away.");
        } finally {
            listener.close();
            if (listener.isDropped()) {
                LOG.atInfo().log("A client of the console's events was too slow; it was disconnected.");
                // In the other cases the connection is gone already, and Javalin would fail to answer on it.
                client.close();
            }
        }
    }
}
