package io.callweave.sending;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/** One notification a line. */
public final class Lines implements Destination {

    private final OutputStream out;
    private long written;

    /** @param out buffered; closed with this */
    public Lines(OutputStream out) {
        this.out = out;
    }

    @Override
    public void send(byte[] notification) {
        try {
            out.write(notification);
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        written++;
    }

    @Override
    public void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Delivered finish() {
        flush();
        return Delivered.all(written);
    }

    @Override
    public void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
