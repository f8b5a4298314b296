package io.callweave.console.api;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.slf4j.LoggerFactory;

/** What is logged while it is open, also by Javalin, whose log is off in tests. */
final class ServerLog implements AutoCloseable {

    private final Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    private final Logger javalin = (Logger) LoggerFactory.getLogger("io.javalin");
    private final ListAppender<ILoggingEvent> said = new ListAppender<>();

    ServerLog() {
        said.start();
        root.addAppender(said);
        javalin.setLevel(Level.INFO);
    }

    /** At this level and above. */
    List<ILoggingEvent> lines(Level lowest) {
        return said.list.stream()
                .filter(line -> line.getLevel().isGreaterOrEqual(lowest))
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(said);
        javalin.setLevel(Level.OFF);
    }
}
