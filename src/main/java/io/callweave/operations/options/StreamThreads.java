package io.callweave.operations.options;

import io.callweave.settings.SettingsException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;
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
        Object threads = given.get(OPTION);
        if (threads != null && !isPositive(threads)) {
            throw new SettingsException(
                    "Kafka's option " + OPTION + " is \"" + threads + "\"; it must be a whole number from 1 on.");
        }
    }

    private static boolean isPositive(Object threads) {
        try {
            return (int) ConfigDef.parseType(OPTION, threads, ConfigDef.Type.INT) > 0;
        } catch (ConfigException e) {
            return false;
        }
    }
}
