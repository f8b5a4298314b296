package io.callweave.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.pattern.CompositeConverter;
import io.callweave.value.Printable;
import java.util.stream.Collectors;

/**
 * What the log says in one event, to the end of its last line, without phone numbers. Texts of others in it do not steer a
 * terminal. Further lines, as of an exception, are indented, so that none looks like another event.
 */
public final class PrintableText extends CompositeConverter<ILoggingEvent> {

    private static final String INDENT = "    ";

    @Override
    protected String transform(ILoggingEvent event, String text) {
        return PhoneNumbers.masked(text)
                .lines()
                .map(line -> Printable.of(line.replace("\t", INDENT)))
                .collect(Collectors.joining("\n" + INDENT, "", "\n"));
    }
}
