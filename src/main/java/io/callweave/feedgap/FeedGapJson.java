package io.callweave.feedgap;

import static io.callweave.value.Meaning.says;

import io.callweave.value.Timestamps;
import io.callweave.value.ValueType;

/** Gaps as the values of their topic: JSON, UTF-8. */
public final class FeedGapJson {

    public static final ValueType<FeedGap> GAP = ValueType.<FeedGap>named(
                    "feed-gaps",
                    says("A time in which notifications of an account may be missing.")
                            .see("connect.md#gaps"))
            .keyed("accountId/start", false)
            .text("accountId", FeedGap::accountId, says("The account."))
            .text(
                    "transport",
                    FeedGap::transport,
                    says("The transport that may have lost notifications.").known("websocket"))
            .time("from", FeedGap::from, says("Until then, the feed was whole."))
            .time("to", FeedGap::to, says("From then on, the feed is whole again."))
            .text(
                    "reason",
                    gap -> gap.reason().wireName(),
                    says("Why: `recoveryFailed`, `noRecovery`, `bridgeKilled` or `bufferFull`.")
                            .known("recoveryFailed", "noRecovery", "bridgeKilled", "bufferFull")
                            .see("connect.md#gaps"))
            .end();

    private static final int USUAL_SIZE = 256;

    private FeedGapJson() {}

    /** One line, with every field. */
    public static byte[] write(FeedGap gap) {
        return GAP.json(gap, USUAL_SIZE);
    }

    /** The key of its record. */
    public static String key(FeedGap gap) {
        return gap.accountId() + "/" + Timestamps.iso(gap.from());
    }
}
