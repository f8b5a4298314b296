package io.callweave.feedgap;

import static io.callweave.value.Meaning.says;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.value.JsonLimits;
import io.callweave.value.Timestamps;
import io.callweave.value.ValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;

/** Gaps as the values of their topic: JSON, UTF-8. */
public final class FeedGapJson {

    public static final ValueType<FeedGap> GAP = ValueType.<FeedGap>named(
                    "feed-gaps",
                    says("A time in which notifications of an account may be missing.")
                            .see("connect.md#gaps"))
            .keyed("accountId/start", false, "account", "schemaVersion")
            .text("accountId", FeedGap::accountId, says("The account."))
            .text(
                    "transport",
                    FeedGap::transport,
                    says("The transport that may have lost notifications.").known("websocket", "webhook", "pubnub"))
            .time("from", FeedGap::from, says("Until then, the feed was whole."))
            .time("to", FeedGap::to, says("From then on, the feed is whole again."))
            .text(
                    "reason",
                    gap -> gap.reason().wireName(),
                    says("Why: `recoveryFailed`, `noRecovery`, `bridgeKilled`, `bufferFull`, `blacklisted` or"
                                    + " `subscriptionGone`.")
                            .known(
                                    "recoveryFailed",
                                    "noRecovery",
                                    "bridgeKilled",
                                    "bufferFull",
                                    "blacklisted",
                                    "subscriptionGone")
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
        return key(gap.accountId(), gap.from());
    }

    /** The key of the account's gap that begins at this time, in milliseconds since the epoch. */
    public static String key(String accountId, long from) {
        return accountId + "/" + Timestamps.iso(from);
    }

    /**
     * What a key says.
     *
     * @param from in milliseconds since the epoch
     */
    public record Start(String accountId, long from) {}

    /**
     * Reads a key.
     *
     * @throws FeedGapException if it is not accountId/start
     */
    public static Start start(byte[] key) {
        String text = new String(key, StandardCharsets.UTF_8);
        try {
            int slash = text.lastIndexOf('/');
            return new Start(text.substring(0, slash), Timestamps.millis(text.substring(slash + 1)));
        } catch (IndexOutOfBoundsException | DateTimeException e) {
            throw new FeedGapException("The key is not accountId/start.", e);
        }
    }

    /**
     * What a value says of the account and the time; its reason can be one that only a later version knows.
     *
     * @param from in milliseconds since the epoch, as {@code to}
     */
    public record Span(String accountId, long from, long to) {}

    /**
     * Reads a value.
     *
     * @throws FeedGapException if it describes no gap
     */
    public static Span read(byte[] value) {
        try {
            JsonNode json = JsonLimits.tree(value);
            return new Span(
                    json.required("accountId").asText(),
                    Timestamps.millis(json.required("from").asText()),
                    Timestamps.millis(json.required("to").asText()));
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new FeedGapException("The value has no accountId, or no times from and to.", e);
        }
    }
}
