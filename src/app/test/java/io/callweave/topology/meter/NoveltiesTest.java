package io.callweave.topology.meter;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.callweave.call.event.PartyEvent;
import io.callweave.notification.NotificationLimits;
import io.callweave.notification.NotificationReader;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged of statuses, reasons and fields that RingCentral was never seen to send. */
class NoveltiesTest {

    private final Logger logger = (Logger) LoggerFactory.getLogger(Novelties.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final TopologyMetrics metrics = new TopologyMetrics(new SimpleMeterRegistry());
    private final NotificationReader reader = new NotificationReader(NotificationLimits.DEFAULT, metrics::unknownField);

    @BeforeEach
    void listen() {
        log.start();
        logger.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(log);
    }

    @Test
    void shouldLogEachNewStatusReasonAndFieldOnceWithAMaskedExample() {
        String line = """
                {"event":"/restapi/v1.0/account/1/telephony/sessions","body":{"sequence":2,"telephonySessionId":"s-1",
                "eventTime":"2026-03-02T09:00:00Z","parties":[{"id":"p-1-1","direction":"Inbound",
                "novel":{"by":"Zaphod","number":15550100001,"ok":true,"all":["a","b"],"none":null},
                "+15550100002":1,"status":{"code":"Beamed","reason":"Ask 15550100003","mood":"good"}}]}}
                """;

        for (int i = 0; i < 3; i++) {
            take(line);
        }

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactlyInAnyOrder(
                        "RingCentral sent a field that Callweave does not know; it is ignored."
                                + " Please report it. This is logged once.",
                        "RingCentral sent a field that Callweave does not know; it is ignored."
                                + " Please report it. This is logged once.",
                        "RingCentral sent a field that Callweave does not know; it is ignored."
                                + " Please report it. This is logged once.",
                        "RingCentral sent a status that Callweave does not know; it is carried through as sent."
                                + " Please report it. This is logged once.",
                        "RingCentral sent a reason that Callweave does not know; it is carried through as sent."
                                + " Please report it. This is logged once.");
        assertThat(log.list.stream().map(event -> String.valueOf(event.getKeyValuePairs())))
                .containsExactlyInAnyOrder(
                        "[field=\"novel\", example=\"{\"by\":\"***\",\"number\":0,\"ok\":true,\"all\":[\"***\",\u2026],\"none\":null}\"]",
                        "[field=\"?#\", example=\"0\"]",
                        "[field=\"status.mood\", example=\"\"***\"\"]",
                        "[status=\"Beamed\", example=\"Beamed Ask # Inbound\"]",
                        "[reason=\"Ask #\", example=\"Beamed Ask # Inbound\"]");
    }

    /** The real samples hold nothing that is not known. */
    @Test
    void shouldFindNothingNewInTheSamples() throws IOException {
        for (String folder : List.of("real", "examples")) {
            try (Stream<Path> files = Files.list(Path.of("src/samples", folder))) {
                for (Path file : files.filter(each -> each.toString().endsWith(".ndjson"))
                        .toList()) {
                    Files.readAllLines(file).forEach(this::take);
                }
            }
        }

        assertThat(log.list)
                .extracting(event -> String.valueOf(event.getKeyValuePairs()))
                .isEmpty();
    }

    private void take(String line) {
        for (PartyEvent event :
                reader.read(line.getBytes(StandardCharsets.UTF_8)).events()) {
            metrics.accepted(event.facts());
        }
    }
}
