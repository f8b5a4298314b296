package io.callweave.runtime.options;

import io.callweave.settings.SettingsException;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

/** An option of Kafka that takes more numbers than Callweave can run with. */
final class WholeNumberOption {

    private WholeNumberOption() {}

    /**
     * Looks whether an option is high enough, if it is given.
     *
     * @param why to say after the numbers that are allowed; may be empty
     * @throws SettingsException if it is lower, or no whole number
     */
    static void checkAtLeast(int least, String option, Map<String, Object> given, String why) {
        Object value = given.get(option);
        if (value != null && !isAtLeast(least, option, value)) {
            throw new SettingsException("Kafka's option " + option + " is \"" + value
                    + "\"; it must be a whole number from " + least + " on" + why + ".");
        }
    }

    private static boolean isAtLeast(int least, String option, Object value) {
        try {
            return (int) ConfigDef.parseType(option, value, ConfigDef.Type.INT) >= least;
        } catch (ConfigException e) {
            return false;
        }
    }
}
