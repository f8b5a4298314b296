package io.callweave.export;

import io.callweave.listing.CallListing;
import java.io.IOException;

/** Where values come from. Its memory does not grow with them. */
public interface ExportSource extends AutoCloseable {

    /**
     * Writes the values of one kind.
     *
     * @param out not closed
     * @return how many were written
     * @throws io.callweave.files.LocalException if they cannot be read; one sentence
     */
    long export(ExportKind kind, ExportSelection selection, CallListing out, ExportProgress progress)
            throws IOException;

    @Override
    void close();
}
