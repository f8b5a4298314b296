package io.callweave.export;

/** Hears how far an export is. */
@FunctionalInterface
public interface ExportProgress {

    /**
     * Called often.
     *
     * @param total as many as there will be of what is done; 0 where nobody knows
     */
    void at(String what, long done, long total);
}
