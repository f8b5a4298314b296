package io.callweave.topology.feedgap;

import io.callweave.feedgap.FeedGapException;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.topics.Topic;
import io.callweave.topology.meter.TopologyMetrics;
import io.callweave.topology.state.WholeTopicStore;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topic {@link Topic#FEED_GAPS} in memory. Of an account with very many gaps the latest are kept: calls that can still
 * change are hours old at most. A record that cannot be read is counted and skipped.
 */
public final class FeedGapStore extends WholeTopicStore implements KnownGaps {

    public static final String NAME = "feed-gaps";

    private static final Logger LOG = LoggerFactory.getLogger(FeedGapStore.class);

    /** Of an account. */
    private static final int MOST = 1_000;

    /** Of all accounts, those that are passed on as arrivals. */
    private static final int MOST_ARRIVALS = 10_000;

    private final TopologyMetrics metrics;

    /** By account, from start to end. */
    private final Map<String, ConcurrentSkipListMap<Long, Long>> gaps = new ConcurrentHashMap<>();

    /** By number. */
    private final ConcurrentSkipListMap<Long, Arrival> arrivals = new ConcurrentSkipListMap<>();

    private long arrived;

    public FeedGapStore(TopologyMetrics metrics) {
        super(NAME);
        this.metrics = metrics;
    }

    @Override
    public @Nullable String overlapping(String accountId, long from, long to) {
        ConcurrentSkipListMap<Long, Long> ofAccount = gaps.get(accountId);
        if (ofAccount != null) {
            for (Map.Entry<Long, Long> gap : ofAccount.headMap(to, true).entrySet()) {
                if (gap.getValue() >= from) {
                    return FeedGapJson.key(accountId, gap.getKey());
                }
            }
        }
        return null;
    }

    @Override
    public List<Arrival> after(long number) {
        return arrivals.isEmpty() || arrivals.lastKey() <= number
                ? List.of()
                : List.copyOf(arrivals.tailMap(number, false).values());
    }

    @Override
    public void accept(byte @Nullable [] key, byte @Nullable [] value) {
        try {
            if (value != null) {
                FeedGapJson.Span gap = FeedGapJson.read(value);
                ConcurrentSkipListMap<Long, Long> ofAccount =
                        gaps.computeIfAbsent(gap.accountId(), account -> new ConcurrentSkipListMap<>());
                ofAccount.put(gap.from(), gap.to());
                if (ofAccount.size() > MOST) {
                    ofAccount.pollFirstEntry();
                }
                arrived++;
                arrivals.put(arrived, new Arrival(arrived, gap.accountId(), gap.from(), gap.to()));
                if (arrivals.size() > MOST_ARRIVALS) {
                    arrivals.pollFirstEntry();
                }
            } else if (key != null) {
                FeedGapJson.Start start = FeedGapJson.start(key);
                gaps.getOrDefault(start.accountId(), new ConcurrentSkipListMap<>())
                        .remove(start.from());
            }
        } catch (FeedGapException e) {
            metrics.feedGapRejected();
            warn(LOG, "A record of the gaps cannot be used; calls do not show that gap.", e);
        }
    }
}
