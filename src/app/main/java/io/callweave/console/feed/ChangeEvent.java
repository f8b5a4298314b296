package io.callweave.console.feed;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Something that changed. What is sent of it is encoded once, however many listen, and gone when it is forgotten, however many
 * still send it. Thread-safe.
 */
public final class ChangeEvent {

    /** What a slow listener keeps of an event that is forgotten. */
    private static final int MOST_OF_A_PART = 16 << 10;

    private final String type;
    private final @Nullable String account;
    private final int length;
    private volatile byte @Nullable [] frame;

    private ChangeEvent(String type, @Nullable String account, byte[] frame) {
        this.type = type;
        this.account = account;
        this.frame = frame;
        length = frame.length;
    }

    /**
     * An event as Server-Sent Events have it.
     *
     * @param id to go on after it; empty if nobody can
     * @param account that it is about; null if it says nothing of an account
     * @param data JSON on one line
     */
    static ChangeEvent of(String id, String type, @Nullable String account, String data) {
        String frame = (id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + type + "\ndata: " + data + "\n\n";
        return new ChangeEvent(type, account, frame.getBytes(StandardCharsets.UTF_8));
    }

    /** One of live, over, call, windows, reset and beat. */
    public String type() {
        return type;
    }

    /** That it is about; null if it says nothing of an account. */
    public @Nullable String account() {
        return account;
    }

    /** Of all that is sent, in bytes. */
    public int length() {
        return length;
    }

    /** A copy of the next bytes to send; null if the event is forgotten. */
    public byte @Nullable [] part(int from) {
        byte[] whole = frame;
        return whole == null ? null : Arrays.copyOfRange(whole, from, Math.min(length, from + MOST_OF_A_PART));
    }

    void forget() {
        frame = null;
    }
}
