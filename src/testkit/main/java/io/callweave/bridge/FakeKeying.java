package io.callweave.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.notification.OtherEvent;
import io.callweave.notification.RejectReason;
import io.callweave.notification.Rejection;
import io.callweave.notification.RoutingResult;

/**
 * Keys made-up notifications by their first word: {@code session ID [ACCOUNT [TIMESTAMP]]}, {@code skip}, which is presence; all else is
 * refused as {@code notJson}.
 */
final class FakeKeying {

    private FakeKeying() {}

    static RoutingResult key(byte[] value) {
        String[] words = new String(value, UTF_8).split(" ", -1);
        return switch (words[0]) {
            case "session" ->
                new RoutingResult.Keyed(
                        words[1], words.length > 2 ? words[2] : null, words.length > 3 ? Long.valueOf(words[3]) : null);
            case "skip" -> new RoutingResult.Skipped(OtherEvent.PRESENCE, null, null);
            default -> new RoutingResult.Unkeyed(new Rejection(RejectReason.NOT_JSON, "It is made up."), null, null);
        };
    }
}
