package io.callweave.logging;

import ch.qos.logback.classic.LoggerContext;
import org.slf4j.LoggerFactory;

/** The end of all logging, for a process that takes away what its threads still use. */
public final class LogSilence {

    private LogSilence() {}

    /** From now on, nothing is logged in this process. */
    public static void begin() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
            begin(context);
        }
    }

    static void begin(LoggerContext context) {
        context.stop();
    }
}
