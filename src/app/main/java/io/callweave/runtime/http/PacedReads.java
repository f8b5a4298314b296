package io.callweave.runtime.http;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * A connection that is read once, and then waits until the selector comes to it again. Jetty reads as long as there is
 * something, on the thread of the selector if nothing blocks: a client that sends faster than the server parses would keep
 * all others waiting. Chunks of one byte, and TLS records of one byte, take that long.
 */
final class PacedReads extends SocketChannelEndPoint {

    private static final int LOST = 1 << 10;

    private boolean hasRead;

    PacedReads(SocketChannel channel, ManagedSelector selector, SelectionKey key, Scheduler scheduler) {
        super(channel, selector, key, scheduler);
    }

    /** Says after one read that nothing is there: the reader then waits for {@link #needsFillInterest the selector}. */
    @Override
    public int fill(ByteBuffer buffer) throws IOException {
        if (hasRead && !isInputShutdown()) {
            return 0;
        }
        int filled = super.fill(buffer);
        hasRead = filled > 0;
        return filled;
    }

    /**
     * Whether the client has closed its side; for the time between a request and its answer. What comes meanwhile is lost: the
     * connection must end with the answer.
     */
    boolean hasLeft() {
        try {
            return super.fill(BufferUtil.allocate(LOST)) < 0;
        } catch (IOException e) {
            return true;
        }
    }

    @Override
    protected void needsFillInterest() {
        hasRead = false;
        super.needsFillInterest();
    }
}
