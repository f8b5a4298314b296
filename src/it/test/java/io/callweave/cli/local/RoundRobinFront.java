package io.callweave.cli.local;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A load balancer before several bridges: each connection goes to the next one that accepts it. */
final class RoundRobinFront implements AutoCloseable {

    private final ServerSocket listening = new ServerSocket(0, 0, InetAddress.getLoopbackAddress());
    private final List<Integer> ports;
    private final AtomicInteger turn = new AtomicInteger();

    RoundRobinFront(List<Integer> ports) throws IOException {
        this.ports = List.copyOf(ports);
        daemon(this::accept);
    }

    int port() {
        return listening.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                daemon(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client;
                Socket bridge = next()) {
            if (bridge != null) {
                daemon(() -> copy(bridge, client));
                copy(client, bridge);
            }
        } catch (IOException gone) {
            // As a load balancer does: the connection is closed, and the sender tries again.
        }
    }

    private @Nullable Socket next() {
        int first = turn.getAndIncrement();
        for (int i = 0; i < ports.size(); i++) {
            try {
                return new Socket(InetAddress.getLoopbackAddress(), ports.get(Math.floorMod(first + i, ports.size())));
            } catch (IOException away) {
                // The next one, then.
            }
        }
        return null;
    }

    private static void copy(Socket from, Socket to) {
        try (from;
                to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException gone) {
            // Closed on one side; both are closed now.
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "front");
        thread.setDaemon(true);
        thread.start();
    }
}
