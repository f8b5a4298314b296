package io.callweave.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/**
 * Keeps text from a sender out of the log. Jetty's warnings quote requests: paths, headers, and with them numbers and
 * tokens. Instead, this logs which class of Jetty warned, and which exception came from where; the same once a minute, because
 * strangers can cause it. At level DEBUG of Jetty's loggers, everything passes.
 */
public final class SenderTextFilter extends TurboFilter {

    private static final String SERVER = "org.eclipse.jetty.";

    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(SenderTextFilter.class);

    /** Only code decides how many they are. */
    private final Map<String, LogPace> paces = new ConcurrentHashMap<>();

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable failure) {
        if (!logger.getName().startsWith(SERVER)
                || !level.isGreaterOrEqual(Level.WARN)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())
                || logger.isDebugEnabled()) {
            return FilterReply.NEUTRAL;
        }
        if (format == null && params == null && failure == null) {
            return FilterReply.NEUTRAL; // this call only asks whether it would be logged
        }
        Throwable cause = failure != null ? failure : lastThrowable(params);
        String origin = cause == null ? "none" : origin(cause);
        paces.computeIfAbsent(logger.getName() + ' ' + origin, unused -> LogPace.ofMinute())
                .next()
                .ifPresent(before -> LOG.atWarn()
                        .setMessage("The HTTP server warns. Its words are left out, because they can quote a sender.")
                        .addKeyValue("by", logger.getName())
                        .addKeyValue("failure", origin)
                        .addKeyValue("leftOut", before)
                        .log());
        return FilterReply.DENY;
    }

    private static @Nullable Throwable lastThrowable(Object @Nullable [] params) {
        return params != null && params.length > 0 && params[params.length - 1] instanceof Throwable last ? last : null;
    }

    /** Only classes and places, because messages quote requests too. */
    private static String origin(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        StackTraceElement[] trace = root.getStackTrace();
        return root.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
}
