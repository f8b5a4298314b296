package io.callweave.runtime.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;

/**
 * Reads a body as it comes, without a thread that waits for it. What is not wanted is read all the same, up to a bound, and
 * forgotten: a sender whose body is not read often does not see the answer either.
 */
public final class BodyReader {

    /** What became of a body. */
    public interface Listener {

        /**
         * All of it is there.
         *
         * @param bytes that were read; the body holds them if it was wanted
         */
        void complete(byte[] body, long bytes);

        void tooLarge();

        void noMemory();

        /** The sender is gone, or its body is none. */
        void failed();
    }

    /** How much of an unwanted body is read, if each read is a full one. */
    private static final long UNWANTED = 16L << 20;

    /** What a read counts as at least: a body in chunks of a byte costs more than a large one. */
    private static final int FULL_READ = 8 << 10;

    private static final int FIRST_BUFFER = 4 << 10;

    private final Request request;
    private final long maxBytes;
    private final MemoryBudget budget;
    private final Object owner;
    private final Listener listener;
    private final ByteArrayOutputStream body;
    private boolean wanted;
    private volatile boolean tooLarge;
    private volatile boolean over;
    private long bytes;
    private long unwanted;
    private long taken;
    private boolean closed;
    private int readers;
    private @Nullable Runnable ending;
    private boolean ended;

    /**
     * Has read nothing yet.
     *
     * @param wanted false: the body is not kept
     * @param owner of the memory that the body takes up
     */
    public BodyReader(
            Request request, boolean wanted, long maxBytes, MemoryBudget budget, Object owner, Listener listener) {
        this.request = request;
        this.wanted = wanted;
        this.maxBytes = maxBytes;
        this.budget = budget;
        this.owner = owner;
        this.listener = listener;
        body = new ByteArrayOutputStream(wanted ? FIRST_BUFFER : 0);
    }

    /** Reads what is there, and comes back when there is more. */
    public void read() {
        if (!enter()) {
            return;
        }
        try {
            readWhatIsThere();
        } finally {
            leave();
        }
    }

    /**
     * Ends the exchange once no thread reads any more: to Jetty a request that is over is none, and reading it fails.
     *
     * @param completion done now, or by the thread that reads
     */
    public void finish(Runnable completion) {
        synchronized (this) {
            ending = completion;
            if (readers > 0) {
                return;
            }
            ended = true;
        }
        completion.run();
    }

    private synchronized boolean isEnding() {
        return ending != null;
    }

    private synchronized boolean enter() {
        if (ended) {
            return false;
        }
        readers++;
        return true;
    }

    private void leave() {
        Runnable completion;
        synchronized (this) {
            readers--;
            if (readers > 0 || ending == null) {
                return;
            }
            ended = true;
            completion = ending;
        }
        completion.run();
    }

    private void readWhatIsThere() {
        while (!isEnding()) {
            Content.Chunk chunk = request.read();
            if (chunk == null) {
                request.demand(this::read);
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                listener.failed();
                return;
            }
            boolean last = chunk.isLast();
            boolean goesOn = take(chunk.getByteBuffer());
            chunk.release();
            if (!goesOn) {
                return;
            }
            if (last) {
                over = true;
                end();
                return;
            }
        }
    }

    /** Gives back the memory that the body takes up, and takes none any more; the answer can come while the body does. */
    public synchronized void close() {
        closed = true;
        budget.giveBack(owner, taken);
        taken = 0;
    }

    /** Whether more came than may, so far. */
    public boolean isTooLarge() {
        return tooLarge;
    }

    /** Whether nothing of the body is left to be read. */
    public boolean isOver() {
        return over;
    }

    private synchronized boolean reserve(int length) {
        if (closed || !budget.take(owner, length)) {
            return false;
        }
        taken += length;
        return true;
    }

    private boolean take(ByteBuffer buffer) {
        int length = buffer.remaining();
        bytes += length;
        if (wanted && bytes > maxBytes) {
            wanted = false;
            tooLarge = true;
        }
        if (!wanted) {
            unwanted += Math.max(length, FULL_READ);
            if (unwanted > UNWANTED) {
                end();
                return false;
            }
            return true;
        }
        if (!reserve(length)) {
            listener.noMemory();
            return false;
        }
        byte[] copy = new byte[length];
        buffer.get(copy);
        body.writeBytes(copy);
        return true;
    }

    private void end() {
        if (tooLarge) {
            listener.tooLarge();
        } else {
            listener.complete(body.toByteArray(), bytes);
        }
    }
}
