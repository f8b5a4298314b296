package io.callweave.logging;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Turns the warnings of Kafka's clients about an absent broker into one line a minute. Each client warns at each
 * attempt to connect, several times a second. All other lines pass, and so do these at level DEBUG.
 */
public final class BrokerAwayFilter extends TurboFilter {

    private static final String CONNECTIONS = "org.apache.kafka.clients.NetworkClient";

    /** Warns twice about each pending batch, and again at each retry. */
    private static final String BATCHES = "org.apache.kafka.clients.producer.internals.Sender";

    /** Parts of the messages of Kafka 4.3.1, by logger. */
    private static final Map<String, List<String>> MESSAGES = Map.of(
            CONNECTIONS, List.of("could not be established. Node may not be available", "Bootstrap broker"),
            BATCHES, List.of("Got error produce response", "Received invalid metadata error"));

    /**
     * Why a batch was not sent: the broker refused the connection or did not answer. With other reasons, it has
     * answered.
     */
    private static final String DISCONNECTED = "Disconnected from node";

    private final LogPace pace;

    /** Logback creates it. */
    public BrokerAwayFilter() {
        this(System::nanoTime);
    }

    BrokerAwayFilter(LongSupplier nanoTime) {
        pace = LogPace.ofMinute(nanoTime);
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable failure) {
        if (level != Level.WARN || format == null || !isOfABrokerAway(logger, format, params)) {
            return FilterReply.NEUTRAL;
        }
        // Logged through the same logger, because users may have set its level. This filter does not match the text.
        pace.next()
                .ifPresent(before -> logger.warn(
                        "A broker cannot be reached: {} ({} more such warnings since the last one)",
                        KnownTroubleFilter.withoutClient(about(format, params)),
                        before));
        return FilterReply.DENY;
    }

    private static boolean isOfABrokerAway(Logger logger, String format, Object @Nullable [] params) {
        List<String> messages = MESSAGES.get(logger.getName());
        return messages != null
                && !logger.getEffectiveLevel().isGreaterOrEqual(Level.ERROR)
                && logger.getEffectiveLevel().isGreaterOrEqual(Level.INFO)
                && messages.stream().anyMatch(format::contains)
                && (!BATCHES.equals(logger.getName()) || about(format, params).contains(DISCONNECTED));
    }

    private static String about(String format, Object @Nullable [] params) {
        return String.valueOf(MessageFormatter.arrayFormat(format, params).getMessage());
    }
}
