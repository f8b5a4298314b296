package io.callweave.cli.subscribe;

import io.callweave.cli.common.DataLines;
import io.callweave.ringcentral.Subscription;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Subscriptions as rows of a table, and as JSON. */
final class Rows {

    static final List<String> HEADING =
            List.of("account", "subscription", "status", "expires", "delivers to", "filters");

    private Rows() {}

    static List<String> of(Subscriber subscriber, Subscription subscription) {
        return List.of(
                subscriber.name(),
                subscription.id(),
                subscription.status(),
                String.valueOf(time(subscription.expires())),
                subscription.address().startsWith("http") ? subscription.address() : subscription.transport(),
                String.join(" ", subscription.filters()));
    }

    static Map<String, @Nullable Object> json(Subscriber subscriber, Subscription subscription) {
        return DataLines.element(
                "account", subscriber.account(),
                "subscription", subscription.id(),
                "status", subscription.status(),
                "expires", time(subscription.expires()),
                "transport", subscription.transport(),
                "address", subscription.address(),
                "filters", subscription.filters());
    }

    static @Nullable String time(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
