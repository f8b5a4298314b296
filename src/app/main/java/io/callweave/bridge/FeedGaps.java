package io.callweave.bridge;

import io.callweave.feedgap.FeedGap;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.schema.Schemas;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.value.Timestamps;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.apache.kafka.common.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes gaps known: in the log, to a listener, and as records. */
public final class FeedGaps {

    private static final Logger LOG = LoggerFactory.getLogger(FeedGaps.class);

    private final String topic;
    private final DurableSink sink;
    private final Consumer<FeedGap> listener;

    /** @param prefix of the topics' names */
    public FeedGaps(String prefix, DurableSink sink, Consumer<FeedGap> listener) {
        topic = Topic.FEED_GAPS.name(prefix);
        this.sink = sink;
        this.listener = listener;
    }

    /** In the log and to the listener. */
    public void announce(FeedGap gap) {
        LOG.atError()
                .setMessage("Notifications of an account may be missing.")
                .addKeyValue("account", gap.accountId())
                .addKeyValue("transport", gap.transport())
                .addKeyValue("from", Timestamps.iso(gap.from()))
                .addKeyValue("to", Timestamps.iso(gap.to()))
                .addKeyValue("reason", gap.reason().wireName())
                .log();
        listener.accept(gap);
    }

    /** Completes with whether its record is safe. */
    public CompletableFuture<Boolean> keep(FeedGap gap) {
        List<Header> headers = List.of(
                Headers.text(Headers.ACCOUNT, gap.accountId()), Headers.text(Headers.SCHEMA_VERSION, Schemas.VERSION));
        byte[] key = FeedGapJson.key(gap).getBytes(StandardCharsets.UTF_8);
        return sink.keep(new RawRecord(topic, key, FeedGapJson.write(gap), headers, null))
                .thenApply(kept -> kept == DurableSink.Kept.KEPT);
    }
}
