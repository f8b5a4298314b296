package io.callweave.runtime.options;

import io.callweave.settings.SettingsException;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;

/** How many threads process. Kafka Streams takes 0 too, and then runs without processing anything. */
public final class StreamThreads {

    private static final String OPTION = StreamsConfig.NUM_STREAM_THREADS_CONFIG;

    private StreamThreads() {}

    /**
     * Looks whether something would be processed.
     *
     * @param given what {@code kafka.*} and {@code streams.*} came to
     * @throws SettingsException if there would be no thread, or if the value is not a whole number
     */
    public static void check(Map<String, Object> given) {
        WholeNumberOption.checkAtLeast(1, OPTION, given, "");
    }
}
