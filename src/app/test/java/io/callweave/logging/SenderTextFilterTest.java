package io.callweave.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.spi.FilterReply;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SenderTextFilterTest {

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> jettys = new ListAppender<>();
    private final ListAppender<ILoggingEvent> ours = new ListAppender<>();
    private final Logger jetty = context.getLogger("org.eclipse.jetty.util.HostPort");
    private final Logger own = (Logger) LoggerFactory.getLogger(SenderTextFilter.class);

    @BeforeEach
    void listen() {
        context.addTurboFilter(new SenderTextFilter());
        context.getLogger(Logger.ROOT_LOGGER_NAME).setLevel(Level.WARN);
        context.getLogger(Logger.ROOT_LOGGER_NAME).addAppender(jettys);
        jettys.start();
        own.addAppender(ours);
        own.setAdditive(false);
        ours.start();
    }

    @AfterEach
    void stopListening() {
        own.detachAppender(ours);
        own.setAdditive(true);
    }

    @Test
    void shouldReportAWarningOfJettyWithoutItsText() {
        jetty.warn("Bad port [{}]", "+15559876543");

        assertThat(jettys.list).isEmpty();
        assertThat(ours.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.toString() + event.getKeyValuePairs())
                    .contains("The HTTP server warns", "org.eclipse.jetty.util.HostPort")
                    .doesNotContain("5559876543", "Bad port");
        });
    }

    @Test
    void shouldReportTheSourceOfAnExceptionWithoutItsMessage() {
        jetty.error(
                "/webhooks/secret", new IllegalStateException("secret", new IllegalArgumentException("more secret")));

        assertThat(ours.list).singleElement().satisfies(event -> {
            assertThat(event.getThrowableProxy()).isNull();
            assertThat(event.toString() + event.getKeyValuePairs())
                    .contains("java.lang.IllegalArgumentException at "
                            + getClass().getName())
                    .doesNotContain("secret");
        });
    }

    /** Anybody who can reach a port can cause this warning. */
    @Test
    void shouldReportTheSameWarningOnceAMinute() {
        for (int i = 0; i < 1_000; i++) {
            jetty.warn("Bad port [{}]", i);
        }
        jetty.error("another", new IllegalStateException());

        assertThat(ours.list).hasSize(2);
    }

    @Test
    void shouldPassLinesThatAreNotJettys() {
        context.getLogger("io.callweave.anything").warn("a sentence of ours");

        assertThat(jettys.list).hasSize(1);
        assertThat(ours.list).isEmpty();
    }

    @Test
    void shouldPassEverythingAtLevelDebug() {
        jetty.setLevel(Level.DEBUG);

        jetty.warn("Bad port [{}]", "+15559876543");

        assertThat(jettys.list).hasSize(1);
    }

    @Test
    void shouldBePartOfTheLoggingConfiguration() throws Exception {
        assertThat(Files.readString(Path.of("src", "app", "main", "resources", "logback.xml")))
                .contains("<turboFilter class=\"" + WarningFilters.class.getName() + "\"/>");
        assertThat(new WarningFilters().decide(null, jetty, Level.WARN, "Bad port [{}]", new Object[] {"x"}, null))
                .isEqualTo(FilterReply.DENY);
    }
}
