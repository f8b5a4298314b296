package io.callweave.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Marker;

class WarningFiltersTest {

    private final List<String> asked = new ArrayList<>();
    private final Logger logger = new LoggerContext().getLogger("org.apache.kafka");

    @Test
    void shouldLetTheFirstFilterDecideThatIsNotNeutral() {
        WarningFilters filters = new WarningFilters(List.of(
                filter("first", FilterReply.NEUTRAL),
                filter("second", FilterReply.DENY),
                filter("third", FilterReply.ACCEPT)));

        FilterReply reply = filters.decide(null, logger, Level.WARN, "text", null, null);

        assertThat(reply).isEqualTo(FilterReply.DENY);
        assertThat(asked).containsExactly("first", "second");
    }

    @Test
    void shouldAskNoFilterBelowInfo() {
        WarningFilters filters = new WarningFilters(List.of(filter("any", FilterReply.DENY)));

        FilterReply reply = filters.decide(null, logger, Level.DEBUG, "text", null, null);

        assertThat(reply).isEqualTo(FilterReply.NEUTRAL);
        assertThat(asked).isEmpty();
    }

    private TurboFilter filter(String name, FilterReply reply) {
        return new TurboFilter() {
            @Override
            public FilterReply decide(
                    @Nullable Marker marker,
                    Logger of,
                    Level level,
                    @Nullable String format,
                    Object @Nullable [] params,
                    @Nullable Throwable failure) {
                asked.add(name);
                return reply;
            }
        };
    }
}
