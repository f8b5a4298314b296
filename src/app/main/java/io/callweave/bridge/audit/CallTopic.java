package io.callweave.bridge.audit;

import io.callweave.feedgap.FeedGapException;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.files.LocalException;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls and the gaps of a cluster. */
public final class CallTopic implements Auditor.Source<RuntimeException> {

    private static final Logger LOG = LoggerFactory.getLogger(CallTopic.class);

    /** A record is emitted after its call began; clocks may differ by as much, and a later session can start so much later. */
    private static final long EARLIER_MS = Duration.ofDays(1).toMillis();

    private final TopicReader topics;
    private final String prefix;

    public CallTopic(TopicReader topics, String prefix) {
        this.topics = topics;
        this.prefix = prefix;
    }

    @Override
    public void read(long from, Auditor.Taker taker) {
        topics.readByPartition(Topic.CALLS.name(prefix), from - EARLIER_MS, Long.MAX_VALUE, record -> {
            if (record.value() != null) {
                taker.take(record.value());
            }
        });
    }

    /** All known gaps; none if there is no topic of them. */
    public List<FeedGapJson.Span> gaps() {
        List<FeedGapJson.Span> gaps = new ArrayList<>();
        try {
            topics.readByPartition(Topic.FEED_GAPS.name(prefix), record -> {
                if (record.value() != null) {
                    try {
                        gaps.add(FeedGapJson.read(record.value()));
                    } catch (FeedGapException e) {
                        LOG.debug("A record of gaps describes none.", e);
                    }
                }
            });
        } catch (LocalException missing) {
            LOG.debug("There is no topic of gaps.", missing);
        }
        return gaps;
    }
}
