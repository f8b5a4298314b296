package io.callweave.logging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.OutputStreamAppender;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.event.KeyValuePair;

/** The log as users see it. */
class PrintableTextTest {

    @Test
    void shouldShowMarksForTextsOfOthersAndBeginNoLineWithThem() throws Exception {
        LoggerContext context = new LoggerContext();
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(LoggerContext.class.getResource("/logback.xml"));
        Logger logger = context.getLogger("io.callweave.Test");
        LoggingEvent hostile = new LoggingEvent(
                "",
                logger,
                Level.WARN,
                "An \u001b[31maccount\nERROR",
                new IllegalStateException("b\u202ed\nERROR"),
                null);
        hostile.setKeyValuePairs(List.of(new KeyValuePair("name", "\u009b\nERROR")));

        String logged = encoded(context, hostile)
                + encoded(context, new LoggingEvent("", logger, Level.INFO, "Next.", null, null));

        assertThat(logged.lines())
                .anyMatch(line -> line.endsWith(" WARN  [main] io.callweave.Test - An \u241b[31maccount"))
                .contains("    ERROR name=\"<U+009B>", "    java.lang.IllegalStateException: b<U+202E>d")
                .noneMatch(line -> line.startsWith("ERROR"))
                .last()
                .asString()
                .endsWith(" INFO  [main] io.callweave.Test - Next.");
    }

    private static String encoded(LoggerContext context, ILoggingEvent event) {
        var stderr = (OutputStreamAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("STDERR");
        return new String(stderr.getEncoder().encode(event), UTF_8);
    }
}
