package io.callweave.console.feed;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Something that changed.
 *
 * @param type live, over, call, windows, reset or beat
 * @param account that it is about; null if it says nothing of an account
 * @param frame what is sent of it: encoded once, however many listen
 */
public record ChangeEvent(String type, @Nullable String account, byte[] frame) {

    /**
     * An event as Server-Sent Events have it.
     *
     * @param id to go on after it; empty if nobody can
     * @param data JSON on one line
     */
    static ChangeEvent of(String id, String type, @Nullable String account, String data) {
        String frame = (id.isEmpty() ? "" : "id: " + id + "\n") + "event: " + type + "\ndata: " + data + "\n\n";
        return new ChangeEvent(type, account, frame.getBytes(StandardCharsets.UTF_8));
    }
}
