package io.callweave.bridge;

/** How the intake of a notification ended. Each transport translates it into its own words: a status, an acknowledgement, a gap. */
public enum IntakeOutcome {
    /** It is safe. */
    PUBLISHED("published", true),
    /** It has no key; its bytes are safe, on {@code dead-letters}. */
    DEAD_LETTERED("deadLettered", true),
    /** It is of another event type, and left out. */
    SKIPPED("skipped", true),
    /** It names another account than the one that the transport brings notifications of. */
    FOREIGN_ACCOUNT("foreignAccount", false),
    /** There is no place for it now. */
    NO_ROOM("noRoom", false),
    /** Too many wait in memory; that passes within moments. */
    BUSY("busy", false),
    /** It is larger than all the room that there is. */
    TOO_LARGE("tooLarge", false);

    private final String wireName;
    private final boolean settled;

    IntakeOutcome(String wireName, boolean settled) {
        this.wireName = wireName;
        this.settled = settled;
    }

    /** Its name in metrics and answers. */
    public String wireName() {
        return wireName;
    }

    /** Whether there is nothing left to do about it; else it is lost unless it comes again. */
    public boolean isSettled() {
        return settled;
    }
}
