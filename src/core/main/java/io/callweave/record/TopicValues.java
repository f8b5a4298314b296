package io.callweave.record;

import io.callweave.audit.AuditJson;
import io.callweave.directory.DirectoryJson;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.value.ValueType;
import java.util.List;
import java.util.Optional;

/** All values that are described field by field and have a topic. */
public final class TopicValues {

    public static final List<ValueType<?>> TOPICS = List.of(
            PartyEventJson.PARTY_EVENT,
            LiveCallJson.LIVE_CALL,
            CallRecordJson.CALL,
            PartyRowJson.ROW,
            WindowJson.WINDOW,
            DirectoryJson.ENTRY,
            FeedGapJson.GAP,
            AuditJson.HOUR);

    private TopicValues() {}

    /**
     * That of a topic.
     *
     * @param topic its name without the prefix
     */
    public static Optional<ValueType<?>> ofTopic(String topic) {
        return TOPICS.stream().filter(type -> type.name().equals(topic)).findFirst();
    }
}
