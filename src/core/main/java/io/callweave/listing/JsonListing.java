package io.callweave.listing;

import java.io.IOException;
import java.io.OutputStream;

/** Records as they are, one on each line. */
record JsonListing(OutputStream out) implements CallListing {

    @Override
    public void add(byte[] call) throws IOException {
        out.write(call);
        out.write('\n');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
