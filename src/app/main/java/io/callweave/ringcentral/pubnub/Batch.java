package io.callweave.ringcentral.pubnub;

import java.util.List;

/**
 * What one request brought.
 *
 * @param messages decrypted, the oldest first; one that cannot be decrypted is as it came
 * @param next where to go on
 */
public record Batch(List<String> messages, Cursor next) {

    /** The messages that PubNub keeps for a channel unless it is configured otherwise. */
    public static final int MOST = 100;

    public Batch {
        messages = List.copyOf(messages);
    }

    /** Whether there can have been older ones that PubNub no longer had. */
    public boolean isFull() {
        return messages.size() >= MOST;
    }
}
