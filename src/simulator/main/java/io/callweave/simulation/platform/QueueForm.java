package io.callweave.simulation.platform;

import org.jspecify.annotations.Nullable;

/**
 * How the platform reports a queue: whether it has a party of its own, and what that party does.
 *
 * <p>INFER: two real captures have such a party (the agent is the third one), and no public source shows how it
 * continues. So there are several forms, and a reader must handle all of them.
 */
public enum QueueForm {

    /** A party only while no phone rings: in Setup, marked as a queue call; it ends when phones ring. */
    MEMBERS("members", Own.SETUP, true, false, null),

    /** In Setup from the entry until an agent answers. */
    SETUP("setup", Own.SETUP, true, true, "AgentAnswered"),

    /** Like a menu: only its extension shows that it is a queue, and only if phones ring for it. */
    UNMARKED("unmarked", Own.SETUP, false, false, null),

    /** It rings while the caller waits. */
    PROCEEDING("proceeding", Own.PROCEEDING, true, true, null),

    /** It answers with music, and ends when an agent answers. */
    ANSWERED("answered", Own.ANSWERED, true, true, "AgentAnswered"),

    /** The same, not marked as a queue call, and without an end reason. */
    ANSWERED_UNMARKED("answered-unmarked", Own.ANSWERED, false, true, null),

    /** It answers like a menu that forwards the caller. */
    REDIRECTING("redirecting", Own.ANSWERED, false, false, "CallerInputRedirect");

    /** How far the queue's own party proceeds. */
    public enum Own {
        SETUP,
        PROCEEDING,
        ANSWERED
    }

    private final String word;
    private final Own own;
    private final boolean marked;
    private final boolean stays;
    private final @Nullable String endReason;

    QueueForm(String word, Own own, boolean marked, boolean stays, @Nullable String endReason) {
        this.word = word;
        this.own = own;
        this.marked = marked;
        this.stays = stays;
        this.endReason = endReason;
    }

    /** The name of the option on the command line. */
    public String word() {
        return word;
    }

    public Own own() {
        return own;
    }

    /** Whether the queue's own party has {@code queueCall}. */
    public boolean isMarked() {
        return marked;
    }

    /** Whether the own party stays while phones ring. */
    public boolean stays() {
        return stays;
    }

    /** The end reason of the own party. */
    @Nullable
    public String endReason() {
        return endReason;
    }

    /** Whether a queue without a ringing phone looks like a person who answers. */
    public boolean needsMembersToBeTold() {
        return own == Own.ANSWERED && !marked;
    }
}
