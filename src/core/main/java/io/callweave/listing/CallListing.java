package io.callweave.listing;

import java.io.Closeable;
import java.io.IOException;

/** A list of call records that is being written; complete when it is closed. */
public interface CallListing extends Closeable {

    /**
     * Adds a record.
     *
     * @param call a record, as on the topic of call records
     */
    void add(byte[] call) throws IOException;
}
