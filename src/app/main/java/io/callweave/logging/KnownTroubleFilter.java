package io.callweave.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Says one sentence where Kafka logs errors and stack traces about {@link KnownTrouble}. All other lines pass, and so do
 * these at level DEBUG.
 */
public final class KnownTroubleFilter extends TurboFilter {

    private static final String KAFKA = "org.apache.kafka.";

    /** What this filter says itself. */
    private static final String QUOTED = "{} Kafka says: {}";

    /** The name of a client, which says nothing to people. */
    private static final Pattern CLIENT = Pattern.compile("^\\[[^]]*] ");

    private final LongSupplier nanoTime;
    private final Map<KnownTrouble, LogPace> said = new ConcurrentHashMap<>();

    /** Logback makes it. */
    public KnownTroubleFilter() {
        this(System::nanoTime);
    }

    KnownTroubleFilter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable failure) {
        if (format == null
                || !logger.getName().startsWith(KAFKA)
                || !level.isGreaterOrEqual(Level.INFO)
                || !level.isGreaterOrEqual(logger.getEffectiveLevel())
                || !logger.isWarnEnabled()
                || logger.isDebugEnabled()) {
            return FilterReply.NEUTRAL;
        }
        if (format.equals(QUOTED)) {
            return FilterReply.NEUTRAL;
        }
        String text = text(format, params);
        return KnownTrouble.of(text)
                .map(trouble -> {
                    if (isTimeToSay(trouble)) {
                        // Through the same logger, because users can have set its level.
                        if (trouble.isQuoted()) {
                            logger.warn(QUOTED, trouble.sentence(), withoutClient(text));
                        } else {
                            logger.warn(trouble.sentence());
                        }
                    }
                    return FilterReply.DENY;
                })
                .orElse(FilterReply.NEUTRAL);
    }

    private boolean isTimeToSay(KnownTrouble trouble) {
        return !trouble.sentence().isEmpty()
                && said.computeIfAbsent(
                                trouble, added -> new LogPace(Duration.ofSeconds(trouble.quietSeconds()), nanoTime))
                        .next()
                        .isPresent();
    }

    static String withoutClient(String text) {
        return CLIENT.matcher(text).replaceFirst("");
    }

    private static String text(String format, Object @Nullable [] params) {
        return String.valueOf(MessageFormatter.arrayFormat(format, params).getMessage());
    }
}
