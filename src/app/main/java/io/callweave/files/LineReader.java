package io.callweave.files;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Cuts a stream of bytes into lines without decoding them. Of a line that is too long, only the beginning is kept. */
final class LineReader implements AutoCloseable {

    private static final int INITIAL_SIZE = 1 << 16;
    private static final int KEPT_SIZE = 1 << 20;

    private final InputStream input;
    private final int most;
    private byte[] buffer = new byte[INITIAL_SIZE];
    private int start;
    private int end;

    /** @param most how many bytes a line may have; of a longer one, so many and one more are kept */
    LineReader(InputStream input, int most) {
        this.input = input;
        this.most = most;
    }

    /**
     * The next line without its end, which is a line feed or a carriage return and a line feed; the last one needs none.
     *
     * @return null at the end of the input
     * @throws IOException if reading fails
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
            if (pending > most + 1) { // a carriage return is no part of it
                byte[] line = take(end, end);
                skip();
                return line;
            }
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
        byte[] line = Arrays.copyOfRange(buffer, start, Math.min(lineEnd, start + most + 1));
        start = next;
        return line;
    }

    /** To the end of the line. */
    private void skip() throws IOException {
        while (fill()) {
            while (start < end) {
                if (buffer[start++] == '\n') {
                    return;
                }
            }
        }
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
            buffer = Arrays.copyOf(buffer, 2 * pending);
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
