package io.callweave.settings.value;

/**
 * The form in which state is written, and what the router sends to the stage. One number stands for all of it: it is the first
 * byte of each value, and grows when any form changes. Every version reads all older forms; what it writes can be set, because
 * during an upgrade instances of the version before take over what it wrote.
 *
 * @param number from 1
 */
public record StateFormat(int number) {

    /** The newest that this version reads and writes. */
    public static final StateFormat NEWEST = new StateFormat(4);

    /**
     * The newest of the release before: as long as this is written, instances of both can run at once. Before the first release
     * there is none, and it is the newest.
     */
    public static final StateFormat DEFAULT = new StateFormat(4);

    /** Whether what came with a format is to be written. */
    public boolean isAtLeast(int format) {
        return number >= format;
    }
}
