package io.callweave.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A port of 127.0.0.1 that nobody else gets until this is closed, and at which nothing listens yet. Linux lets a server listen
 * there all the same, one after the other; a port that is only known to have been free could be another process' by then.
 */
public final class BoundPort implements AutoCloseable {

    private final Socket socket = new Socket();

    public BoundPort() throws IOException {
        socket.setReuseAddress(true);
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    public int number() {
        return socket.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
