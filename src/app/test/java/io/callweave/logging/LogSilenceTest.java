package io.callweave.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.api.Test;

class LogSilenceTest {

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> appender = new ListAppender<>();

    @Test
    void shouldLogNothingMore() {
        Logger logger = context.getLogger("io.callweave.topology");
        logger.setLevel(Level.INFO);
        logger.addAppender(appender);
        appender.start();
        logger.error("before");

        LogSilence.begin(context);

        logger.error("after");
        assertThat(appender.list).extracting(ILoggingEvent::getMessage).containsExactly("before");
    }
}
