package io.callweave.cli;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The environment variables that the logging reads by itself, and where it takes what it does not know for DEBUG. */
final class LogVariables {

    private static final String LEVEL = "CALLWEAVE_LOG_LEVEL";
    private static final String FORMAT = "CALLWEAVE_LOG_FORMAT";
    private static final Set<String> LEVELS = Set.of("OFF", "ERROR", "WARN", "INFO", "DEBUG", "TRACE");
    private static final Set<String> FORMATS = Set.of("text", "json");

    private LogVariables() {}

    /** A sentence about a value that there is not; to be asked before anything logs. */
    static Optional<String> fault(Map<String, String> environment) {
        String level = environment.getOrDefault(LEVEL, "");
        if (!level.isEmpty() && !LEVELS.contains(level.toUpperCase(Locale.ROOT))) {
            return Optional.of(LEVEL + " is \"" + level + "\"; it must be ERROR, WARN, INFO, DEBUG, TRACE or OFF.");
        }
        String format = environment.getOrDefault(FORMAT, "");
        if (!format.isEmpty() && !FORMATS.contains(format)) {
            return Optional.of(FORMAT + " is \"" + format + "\"; it must be text or json.");
        }
        return Optional.empty();
    }
}
