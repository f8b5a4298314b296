package io.callweave.bridge;

/** How the intake of a notification ended. Each transport translates it into its own words: a status, an acknowledgement, a gap. */
public enum IntakeOutcome {
    /** It is safe. */
    PUBLISHED(true),
    /** It has no key; its bytes are safe, on {@code dead-letters}. */
    DEAD_LETTERED(true),
    /** It is of another event type, and left out. */
    SKIPPED(true),
    /** It names another account than the one that the transport brings notifications of. */
    FOREIGN_ACCOUNT(false),
    /** There is no place for it now. */
    NO_ROOM(false),
    /** Too many wait in memory; that passes within moments. */
    BUSY(false),
    /** It is larger than all the room that there is. */
    TOO_LARGE(false);

    private final boolean settled;

    IntakeOutcome(boolean settled) {
        this.settled = settled;
    }

    /** Whether there is nothing left to do about it; else it is lost unless it comes again. */
    public boolean isSettled() {
        return settled;
    }
}
