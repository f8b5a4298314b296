package io.callweave.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes into lines without decoding them. A line may be as long as an array. */
final class LineReader implements AutoCloseable {

    private static final int INITIAL_SIZE = 1 << 16;
    private static final int KEPT_SIZE = 1 << 20;

    private final InputStream input;
    private byte[] buffer = new byte[INITIAL_SIZE];
    private int start;
    private int end;

    LineReader(InputStream input) {
        this.input = input;
    }

    /**
     * The next line without its end, which is a line feed or a carriage return and a line feed; the last one needs none.
     *
     * @return null at the end of the input
     * @throws IOException if reading fails or the line is longer than an array can be
     */
    byte @Nullable [] next() throws IOException {
        int searched = start;
        while (true) {
            for (int i = searched; i < end; i++) {
                if (buffer[i] == '\n') {
                    return take(i > start && buffer[i - 1] == '\r' ? i - 1 : i, i + 1);
                }
            }
            int pending = end - start;
            if (!fill()) {
                return pending == 0 ? null : take(end, end);
            }
            searched = start + pending;
        }
    }

    @Override
    public void close() throws IOException {
        input.close();
    }

    private byte[] take(int lineEnd, int next) {
        byte[] line = Arrays.copyOfRange(buffer, start, lineEnd);
        start = next;
        return line;
    }

    /** Reads more behind what is there; false at the end of the input. */
    private boolean fill() throws IOException {
        makeRoom();
        int count = input.read(buffer, end, buffer.length - end);
        if (count < 0) {
            return false;
        }
        end += count;
        return true;
    }

    private void makeRoom() throws IOException {
        int pending = end - start;
        if (pending == buffer.length) {
            if (pending >= Integer.MAX_VALUE - 8) {
                throw new IOException("a line is longer than 2 GiB");
            }
            buffer = Arrays.copyOf(buffer, (int) Math.min(2L * pending, Integer.MAX_VALUE - 8));
        } else if (pending < INITIAL_SIZE && buffer.length > KEPT_SIZE) {
            move(new byte[INITIAL_SIZE]); // what a long line needed is given back
        } else if (start > 0) {
            move(buffer);
        }
    }

    private void move(byte[] target) {
        int pending = end - start;
        System.arraycopy(buffer, start, target, 0, pending);
        buffer = target;
        start = 0;
        end = pending;
    }
}
