package io.callweave.bridge.audit;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.audit.AuditHour;
import io.callweave.audit.AuditJson;
import io.callweave.bridge.DurableSink;
import io.callweave.bridge.RawRecord;
import io.callweave.schema.Schemas;
import io.callweave.topics.Headers;
import io.callweave.topics.Topic;
import io.callweave.topics.TopicReader;
import io.callweave.value.JsonLimits;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The topic of comparisons: a row for each account and hour. */
final class AuditRows {

    private static final Logger LOG = LoggerFactory.getLogger(AuditRows.class);

    private final TopicReader topics;
    private final DurableSink sink;
    private final String topic;

    AuditRows(TopicReader topics, DurableSink sink, String prefix) {
        this.topics = topics;
        this.sink = sink;
        topic = Topic.AUDITS.name(prefix);
    }

    /** The hours of an account that have a row, and whether each is final: only of what is equal a later comparison says the same. */
    Map<Long, Boolean> done(String account) {
        Map<Long, Boolean> done = new HashMap<>();
        topics.readByPartition(topic, record -> {
            if (record.value() != null) {
                try {
                    JsonNode row = JsonLimits.tree(record.value());
                    if (row.path("accountId").asText().equals(account)) {
                        done.put(
                                Timestamps.millis(row.path("hour").asText()),
                                row.path("notEnded").asLong() == 0
                                        && row.path("equal").asLong()
                                                == row.path("compared").asLong());
                    }
                } catch (IOException | DateTimeException e) {
                    LOG.debug("A record of {} is no comparison.", topic, e);
                }
            }
        });
        return done;
    }

    /** Returns whether it is safe. */
    boolean write(AuditHour hour) {
        return sink.keep(new RawRecord(
                                topic,
                                AuditJson.key(hour).getBytes(StandardCharsets.UTF_8),
                                AuditJson.write(hour),
                                List.of(
                                        Headers.text(Headers.ACCOUNT, hour.accountId()),
                                        Headers.text(Headers.SCHEMA_VERSION, Schemas.VERSION))))
                        .join()
                == DurableSink.Kept.KEPT;
    }
}
