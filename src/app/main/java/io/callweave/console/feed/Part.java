package io.callweave.console.feed;

import java.util.Locale;

/** Why only a part of the notifications of a call could be read. */
public enum Part {
    NUMBER("This call has more notifications than the console reads; only the oldest are shown."),
    BYTES("The notifications of this call are larger than what the console reads; only some are shown."),
    EVENTS("This call has more party events than the console reads; only the oldest notifications are shown."),
    TIME("Kafka did not send all notifications in time; only some are shown. Try again."),
    EXCLUDED("Some notifications name what privacy.exclude leaves out; they are not shown."),
    DELETED("Some notifications of this call are no longer on the topic."),
    FORGOTTEN("The console does not know where all notifications of this call are: it keeps no places of older ones."),
    FILLING("The console has not yet read all notifications; try again in some seconds.");

    private final String sentence;

    Part(String sentence) {
        this.sentence = sentence;
    }

    /** For people. */
    public String sentence() {
        return sentence;
    }

    /** For programs. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
