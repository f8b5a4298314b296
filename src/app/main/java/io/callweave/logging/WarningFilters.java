package io.callweave.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/**
 * The filters of this package, in their order; the first that does not stay neutral decides. Logback asks for each statement,
 * also for the many below the level that Kafka has on the way of a record. So this looks at the level first: none of the filters
 * does anything below INFO.
 */
public final class WarningFilters extends TurboFilter {

    private static final int LOWEST = Level.INFO_INT;

    private final TurboFilter[] filters;

    /** Logback makes it. */
    public WarningFilters() {
        this(List.of(new BrokerAwayFilter(), new KnownTroubleFilter(), new SenderTextFilter()));
    }

    WarningFilters(List<TurboFilter> filters) {
        this.filters = filters.toArray(TurboFilter[]::new);
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable failure) {
        if (level.levelInt < LOWEST) {
            return FilterReply.NEUTRAL;
        }
        for (TurboFilter filter : filters) {
            FilterReply reply = filter.decide(marker, logger, level, format, params, failure);
            if (reply != FilterReply.NEUTRAL) {
                return reply;
            }
        }
        return FilterReply.NEUTRAL;
    }
}
