package io.callweave.deliver.activity;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.deliver.Outcome;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.Subscriptions;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.meter.Metric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeliverActivityTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final DeliverActivity activity = new DeliverActivity(registry);

    @Test
    void shouldMissNoSubscriptionBeyondTheSeries() {
        List<WebhookSubscription> all = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            all.add(Subscriptions.to("sub-" + i, "https://example.com"));
        }
        all.set(299, all.get(299).with(SubscriptionState.SUSPENDED, "", 0));

        activity.know(all);
        activity.waits(
                "0_0", Map.of("sub-1", new Backlog(1, 1), "sub-250", new Backlog(3, 1), "sub-251", new Backlog(4, 1)));

        assertThat(gauge(Metric.DELIVER_WAITING, "sub-1")).isEqualTo(1);
        assertThat(gauge(Metric.DELIVER_WAITING, "other")).isEqualTo(7);
        assertThat(gauge(Metric.DELIVER_SUSPENDED, "other")).isEqualTo(1);
        assertThat(registry.find(Metric.DELIVER_WAITING.meterName()).gauges()).hasSize(201);
    }

    @Test
    void shouldForgetASubscriptionThatIsDeleted() {
        WebhookSubscription deleted = Subscriptions.to("sub-1", "https://example.com");
        WebhookSubscription kept = Subscriptions.to("sub-2", "https://example.com");
        activity.know(List.of(deleted, kept));
        activity.ended(deleted, Outcome.failed("HTTP 500", Duration.ZERO));
        activity.ended(kept, Outcome.failed("HTTP 500", Duration.ZERO));

        activity.know(List.of(kept));

        assertThat(activity.figures("sub-1").snapshot().failed()).isZero();
        assertThat(activity.figures("sub-2").snapshot().failed()).isEqualTo(1);
    }

    @Test
    void shouldGiveTheSeriesOfDeletedSubscriptionsToOthers() {
        for (int i = 0; i < 300; i++) {
            WebhookSubscription deleted = Subscriptions.to("deleted-" + i, "https://example.com");
            activity.know(List.of(deleted));
            activity.ended(deleted, Outcome.failed("HTTP 500", Duration.ZERO));
        }
        WebhookSubscription last = Subscriptions.to("sub-1", "https://example.com");

        activity.know(List.of(last));
        activity.waits("0_0", Map.of("sub-1", new Backlog(2, 1)));
        activity.ended(last, Outcome.failed("HTTP 500", Duration.ZERO));

        assertThat(gauge(Metric.DELIVER_WAITING, "sub-1")).isEqualTo(2);
        assertThat(registry.getMeters().stream()
                        .map(meter -> String.valueOf(meter.getId().getTag("subscription")))
                        .filter(id -> id.startsWith("deleted")))
                .isEmpty();
    }

    private double gauge(Metric metric, String subscription) {
        return registry.get(metric.meterName())
                .tag("subscription", subscription)
                .gauge()
                .value();
    }
}
