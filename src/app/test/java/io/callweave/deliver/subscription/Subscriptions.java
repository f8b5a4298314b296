package io.callweave.deliver.subscription;

import io.callweave.deliver.EventType;
import java.net.URI;
import java.util.List;
import java.util.Set;

/** Subscriptions for tests. */
public final class Subscriptions {

    private Subscriptions() {}

    /** Active, with all calls of all accounts. */
    public static WebhookSubscription to(String id, String url) {
        return of(id, url, "*", EventType.RECORDS, CallFilter.ALL);
    }

    public static WebhookSubscription of(
            String id, String url, String account, Set<EventType> events, CallFilter filter) {
        return new WebhookSubscription(
                id,
                URI.create(url),
                account,
                events,
                filter,
                BodyShape.RECORD,
                List.of(),
                List.of(new SigningSecret("env:WEBHOOK_SECRET_TEST", null)),
                SubscriptionState.ACTIVE,
                "",
                0,
                0);
    }
}
