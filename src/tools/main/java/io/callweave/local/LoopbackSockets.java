package io.callweave.local;

import io.callweave.files.LocalException;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import org.apache.kafka.server.ServerSocketFactory;

/**
 * The two listening sockets of an embedded broker. They are bound before the broker is configured and handed to it as
 * they are: a port that is free when it is picked cannot be taken by someone else before it is used.
 */
final class LoopbackSockets implements ServerSocketFactory, AutoCloseable {

    private static final int BACKLOG = 50;
    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    private final ServerSocketChannel client;
    private final ServerSocketChannel controller;

    private LoopbackSockets(ServerSocketChannel client, ServerSocketChannel controller) {
        this.client = client;
        this.controller = controller;
    }

    /**
     * @param port for clients; 0 takes a free one
     * @throws LocalException if the port is taken
     */
    static LoopbackSockets bind(int port) {
        return bind(port, 0);
    }

    /**
     * The same.
     *
     * @param controllerPort for controllers; 0 takes a free one
     */
    static LoopbackSockets bind(int port, int controllerPort) {
        ServerSocketChannel client = bindOne(port);
        try {
            return new LoopbackSockets(client, bindOne(controllerPort));
        } catch (LocalException e) {
            closeSocket(client);
            throw e;
        }
    }

    int port() {
        return client.socket().getLocalPort();
    }

    InetSocketAddress controllerAddress() {
        return (InetSocketAddress) controller.socket().getLocalSocketAddress();
    }

    @Override
    public ServerSocketChannel openServerSocket(
            String listenerName, InetSocketAddress address, int backlog, int receiveBufferSize) {
        Map<String, ServerSocketChannel> bound = Map.of(
                BrokerSettings.CLIENT_LISTENER, client,
                BrokerSettings.CONTROLLER_LISTENER, controller);
        ServerSocketChannel channel = bound.get(listenerName);
        if (channel == null) {
            throw new IllegalStateException("no socket is bound for the listener " + listenerName);
        }
        return channel;
    }

    /** For a start that failed; a broker that runs closes its sockets itself. */
    @Override
    public void close() {
        closeSocket(client);
        closeSocket(controller);
    }

    private static ServerSocketChannel bindOne(int port) {
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            try {
                channel.bind(new InetSocketAddress(InetAddress.getByAddress(LOOPBACK), port), BACKLOG);
                channel.configureBlocking(false);
                return channel;
            } catch (IOException e) {
                closeSocket(channel);
                throw e;
            }
        } catch (BindException e) {
            throw new LocalException("Port " + port + " on 127.0.0.1 is in use; name another, or 0 for a free one.", e);
        } catch (IOException e) {
            throw new LocalException("No port on 127.0.0.1 can be opened: " + e.getMessage() + ".", e);
        }
    }

    private static void closeSocket(ServerSocketChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new LocalException("A port on 127.0.0.1 cannot be closed: " + e.getMessage() + ".", e);
        }
    }
}
