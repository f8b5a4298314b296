package io.callweave.deliver.app;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.deliver.activity.Backlog;
import io.callweave.deliver.activity.DeliverActivity;
import io.callweave.deliver.activity.EndpointFigures;
import io.callweave.deliver.post.Lanes;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.value.Timestamps;
import java.util.Comparator;

/** How each endpoint is, as far as this instance knows. */
final class StatusPage {

    private static final ObjectMapper JSON = new ObjectMapper();

    private StatusPage() {}

    static ArrayNode of(DeliverActivity activity, Lanes lanes, long now) {
        ArrayNode all = JSON.createArrayNode();
        activity.subscriptions().stream()
                .sorted(Comparator.comparing(WebhookSubscription::id))
                .forEach(each -> add(all.addObject(), each, activity, lanes, now));
        return all;
    }

    private static void add(
            ObjectNode json, WebhookSubscription subscription, DeliverActivity activity, Lanes lanes, long now) {
        String id = subscription.id();
        Backlog backlog = activity.backlog(id);
        EndpointFigures.Snapshot figures = activity.figures(id).snapshot();
        json.put("subscription", id);
        json.put("endpoint", subscription.host());
        json.put("state", subscription.state().wireName());
        json.put("reason", subscription.reason());
        json.put("waiting", backlog.waiting());
        json.put("running", lanes.running(id));
        json.put("delivered", figures.delivered());
        json.put("failed", figures.failed());
        json.put("p50Ms", figures.p50Ms());
        json.put("p99Ms", figures.p99Ms());
        json.put("lastFailure", figures.lastFailure());
        if (backlog.waiting() > 0 && subscription.state().isPosted()) {
            json.put(
                    "nextAttempt",
                    Timestamps.iso(Math.max(
                            now, Math.max(backlog.next(), lanes.pace(id).notBefore()))));
        } else {
            json.putNull("nextAttempt");
        }
    }
}
