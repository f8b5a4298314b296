package io.callweave.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Says one sentence where Kafka logs errors and stack traces about {@link KnownTrouble}. All other lines pass, and so do
 * these at level DEBUG.
 */
public final class KnownTroubleFilter extends TurboFilter {

    private static final String KAFKA = "org.apache.kafka.";
    private static final long SECOND_NANOS = 1_000_000_000L;

    private final LongSupplier nanoTime;
    private final Map<KnownTrouble, Long> said = new EnumMap<>(KnownTrouble.class);

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
        return KnownTrouble.of(text(format, params))
                .map(trouble -> {
                    if (isTimeToSay(trouble)) {
                        // Through the same logger, because users can have set its level.
                        logger.warn(trouble.sentence());
                    }
                    return FilterReply.DENY;
                })
                .orElse(FilterReply.NEUTRAL);
    }

    private synchronized boolean isTimeToSay(KnownTrouble trouble) {
        if (trouble.sentence().isEmpty()) {
            return false;
        }
        long now = nanoTime.getAsLong();
        Long before = said.get(trouble);
        if (before != null && now - before < trouble.quietSeconds() * SECOND_NANOS) {
            return false;
        }
        said.put(trouble, now);
        return true;
    }

    private static String text(String format, Object @Nullable [] params) {
        return String.valueOf(MessageFormatter.arrayFormat(format, params).getMessage());
    }
}
