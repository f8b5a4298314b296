package io.callweave.bridge.pubnub;

import io.callweave.bridge.holder.FeedPosition;
import io.callweave.ringcentral.pubnub.Cursor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where the feed of an account is: everything before is safe.
 *
 * @param subscription its id; the keys of its channel are not kept
 */
record PubNubPosition(String subscription, Cursor cursor) {

    private static final Pattern TOKEN = Pattern.compile("([A-Za-z0-9._-]{1,100})~([0-9.]+)");

    /** Null if the feed was not on PubNub. */
    static @Nullable PubNubPosition of(FeedPosition position) {
        Matcher parts = TOKEN.matcher(position.pubNubToken());
        return parts.matches()
                ? Cursor.parse(parts.group(2))
                        .map(cursor -> new PubNubPosition(parts.group(1), cursor))
                        .orElse(null)
                : null;
    }

    FeedPosition wholeUntil(long time) {
        return FeedPosition.onPubNub(time, subscription + "~" + cursor);
    }
}
