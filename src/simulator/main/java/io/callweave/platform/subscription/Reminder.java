package io.callweave.platform.subscription;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * The filter {@code /restapi/v1.0/subscription/~?threshold=60&interval=15}, which asks for reminders before the
 * subscription expires (creating-webhooks.md).
 *
 * @param uri as it was given; it is the event of the reminder, too
 * @param threshold when the first reminder is sent, before the end
 * @param interval the time between two reminders
 */
record Reminder(String uri, Duration threshold, Duration interval) {

    private static final String PATH = "/restapi/v1.0/subscription/";
    private static final long DEFAULT_THRESHOLD = 3600;
    private static final long DEFAULT_INTERVAL = 900;

    static Optional<Reminder> of(EventFilter filter) {
        if (!filter.uri().startsWith(PATH)) {
            return Optional.empty();
        }
        return Optional.of(new Reminder(
                filter.uri(),
                seconds(filter.parameters(), "threshold", DEFAULT_THRESHOLD),
                seconds(filter.parameters(), "interval", DEFAULT_INTERVAL)));
    }

    private static Duration seconds(Map<String, String> parameters, String name, long otherwise) {
        try {
            return Duration.ofSeconds(Long.parseLong(parameters.getOrDefault(name, Long.toString(otherwise))));
        } catch (NumberFormatException e) {
            return Duration.ofSeconds(otherwise);
        }
    }
}
