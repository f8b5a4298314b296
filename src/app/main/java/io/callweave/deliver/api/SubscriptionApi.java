package io.callweave.deliver.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccessTokens;
import io.callweave.deliver.manage.SubscriptionManager;
import io.callweave.deliver.subscription.SubscriptionJson;
import java.time.InstantSource;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does what a request asks for, within the accounts of its token. Thread-safe: one request at a time. */
final class SubscriptionApi {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionApi.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;

    private final ApiConfig config;

    /** A change reads a subscription and writes it back: two at the same time would lose one. */
    private final Lock lock = new ReentrantLock();

    /** @param body null for none */
    record Reply(int status, @Nullable JsonNode body) {}

    SubscriptionApi(ApiConfig config) {
        this.config = config;
    }

    /**
     * Answers.
     *
     * @param id of a subscription; empty if the route has none
     * @throws io.callweave.deliver.manage.SubscriptionException if that is not possible
     */
    Reply answer(ApiRoute route, AccessTokens.Holder holder, String id, byte[] body) {
        SubscriptionManager manager =
                new SubscriptionManager(config.store(), config.keys(), InstantSource.system(), holder.scope());
        lock.lock();
        try {
            Reply reply = answer(route, manager, id, body);
            if (!route.method().equals("GET")) {
                LOG.atInfo()
                        .setMessage("The HTTP API was used.")
                        .addKeyValue("what", route)
                        .addKeyValue("subscription", route == ApiRoute.CREATE ? idOf(reply) : id)
                        .addKeyValue("token", holder.name())
                        .log();
            }
            return reply;
        } finally {
            lock.unlock();
        }
    }

    private static String idOf(Reply created) {
        JsonNode body = created.body();
        return body == null ? "" : body.path("subscription").path("id").asText();
    }

    private static Reply answer(ApiRoute route, SubscriptionManager manager, String id, byte[] body) {
        return switch (route) {
            case LIST -> list(manager);
            case CREATE -> create(manager, body);
            case SHOW -> new Reply(OK, SubscriptionJson.shown(manager.find(id)));
            case PAUSE -> new Reply(OK, SubscriptionJson.shown(manager.pause(id)));
            case RESUME -> new Reply(OK, SubscriptionJson.shown(manager.resume(id)));
            case ROTATE -> rotate(manager, id, body);
            case RETRY -> retry(manager, body);
            case TEST -> {
                manager.test(id);
                yield new Reply(ACCEPTED, null);
            }
            case DELETE -> {
                manager.delete(id);
                yield new Reply(NO_CONTENT, null);
            }
        };
    }

    private static Reply list(SubscriptionManager manager) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode all = json.putArray("subscriptions");
        manager.list().forEach(each -> all.add(SubscriptionJson.shown(each)));
        return new Reply(OK, json);
    }

    private static Reply create(SubscriptionManager manager, byte[] body) {
        SubscriptionManager.Created created = manager.create(ApiRequests.draft(body));
        ObjectNode json = JSON.createObjectNode();
        json.set("subscription", SubscriptionJson.shown(created.subscription()));
        json.put("secret", created.secret().orElse(null));
        return new Reply(CREATED, json);
    }

    private static Reply rotate(SubscriptionManager manager, String id, byte[] body) {
        ApiRequests.Rotation asked = ApiRequests.rotation(body);
        ObjectNode json = JSON.createObjectNode();
        json.put("secret", manager.rotate(id, asked.secret(), asked.overlap()).orElse(null));
        return new Reply(OK, json);
    }

    private static Reply retry(SubscriptionManager manager, byte[] body) {
        ApiRequests.Retry asked = ApiRequests.retry(body);
        ObjectNode json = JSON.createObjectNode();
        json.put("webhooks", manager.retry(asked.choice(), asked.dryRun(), webhook -> {}));
        return new Reply(ACCEPTED, json);
    }
}
