package io.callweave.runtime.options;

import io.callweave.settings.SettingsException;
import io.callweave.topics.TopicPlan;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The largest record that internal topics take, which users can only raise: one that is refused stops its partition. */
final class InternalTopicLimit {

    private static final String OPTION = StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG);

    private InternalTopicLimit() {}

    /** @throws SettingsException if it is given, and too low */
    static void check(TopicPlan topics, Map<String, Object> given) {
        WholeNumberOption.checkAtLeast(
                topics.internalRecordBytes(), OPTION, given, ", because of notifications.max-bytes");
    }
}
