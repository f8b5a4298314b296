package io.callweave.ringcentral.pubnub;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a channel was read. PubNub keeps the last messages, so that a reader who was away goes on from here.
 *
 * @param timetoken PubNub's time, in units of 100 ns since the epoch
 * @param region of PubNub's servers that gave the timetoken
 */
public record Cursor(String timetoken, int region) {

    /** For the first request: PubNub answers where the channel is now. */
    public static final Cursor START = new Cursor("0", 0);

    private static final Pattern TEXT = Pattern.compile("(\\d{1,20})\\.(\\d{1,6})");

    /** As {@link #toString} writes it. */
    public static Optional<Cursor> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new Cursor(parts.group(1), Integer.parseInt(parts.group(2))))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return timetoken + "." + region;
    }
}
