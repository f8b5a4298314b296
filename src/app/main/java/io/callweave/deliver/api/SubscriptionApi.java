package io.callweave.deliver.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.access.AccessTokens;
import io.callweave.deliver.manage.SubscriptionDraft;
import io.callweave.deliver.manage.SubscriptionException;
import io.callweave.deliver.manage.SubscriptionManager;
import io.callweave.deliver.subscription.SubscriptionJson;
import io.callweave.runtime.http.Turns;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Does what a request asks for, within the accounts of its token. Thread-safe. */
final class SubscriptionApi {

    private static final Logger LOG = LoggerFactory.getLogger(SubscriptionApi.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int ACCEPTED = 202;
    private static final int NO_CONTENT = 204;

    private final ApiConfig config;

    /** Each takes long if its account has much, and the memory of a consumer. */
    private static final int AT_ONCE = 8;

    private static final int MOST_WAITING = 8;

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Accounts share them, as there can be any number. */
    private static final int LOCKS = 256;

    /** A change reads a subscription and writes it back: two of an account at the same time would lose one. */
    private final List<Lock> locks =
            Stream.generate(ReentrantLock::new).limit(LOCKS).collect(Collectors.toUnmodifiableList());

    private final Turns retries = new Turns(
            AT_ONCE,
            1,
            MOST_WAITING,
            PATIENCE,
            () -> new SubscriptionException(
                    SubscriptionException.Kind.TOO_MANY,
                    "One retry of an account is done at a time, and of few accounts; try again when others have ended."));

    /** An account can have megabytes of filters. */
    private final Turns lists = new Turns(AT_ONCE, 1, MOST_WAITING, PATIENCE, SubscriptionApi::busy);

    /**
     * An answer.
     *
     * @param subscription that it is about; empty for none
     * @param body JSON; null for none
     */
    record Reply(int status, String subscription, byte @Nullable [] body) {

        private Reply(int status, String subscription, JsonNode body) {
            this(status, subscription, bytes(body));
        }

        private static byte[] bytes(JsonNode body) {
            try {
                return JSON.writeValueAsBytes(body);
            } catch (JsonProcessingException cannotBe) {
                throw new IllegalStateException(cannotBe);
            }
        }
    }

    SubscriptionApi(ApiConfig config) {
        this.config = config;
    }

    /**
     * Answers.
     *
     * @param id of a subscription; empty if the route has none
     * @param hasLeft whether nobody waits for the answer any more
     * @throws io.callweave.deliver.manage.SubscriptionException if that is not possible
     */
    Reply answer(ApiRoute route, AccessTokens.Holder holder, String id, byte[] body, BooleanSupplier hasLeft) {
        SubscriptionManager manager =
                new SubscriptionManager(config.store(), config.keys(), InstantSource.system(), holder.scope());
        Reply reply = answer(route, holder, manager, id, body, hasLeft);
        if (!route.method().equals("GET") && route != ApiRoute.RETRY) {
            used(route, holder)
                    .addKeyValue("subscription", reply.subscription())
                    .log();
        }
        return reply;
    }

    private static LoggingEventBuilder used(ApiRoute route, AccessTokens.Holder holder) {
        return LOG.atInfo()
                .setMessage("The HTTP API was used.")
                .addKeyValue("what", route)
                .addKeyValue("token", holder.name());
    }

    private Reply change(String account, Supplier<Reply> change) {
        Lock lock = locks.get(Math.floorMod(account.hashCode(), LOCKS));
        try {
            if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }

    private static SubscriptionException busy() {
        return new SubscriptionException(
                SubscriptionException.Kind.UNAVAILABLE,
                "Other requests have to end first; try again in a few seconds.");
    }

    private Reply answer(
            ApiRoute route,
            AccessTokens.Holder holder,
            SubscriptionManager manager,
            String id,
            byte[] body,
            BooleanSupplier hasLeft) {
        return switch (route) {
            case LIST -> lists.take(holder.scope().accounts(), () -> list(manager));
            case SHOW -> new Reply(OK, id, SubscriptionJson.shown(manager.find(id)));
            case RETRY ->
                retries.takeInParts(holder.scope().accounts(), hasLeft, look -> retry(manager, holder, body, look));
            case TEST -> {
                manager.test(id);
                yield new Reply(ACCEPTED, id, (byte[]) null);
            }
            case CREATE -> {
                SubscriptionDraft draft = ApiRequests.draft(body);
                yield change(draft.account(), () -> create(manager, draft));
            }
            case PAUSE, RESUME, ROTATE, DELETE ->
                change(manager.find(id).account(), () -> change(route, manager, id, body));
        };
    }

    private static Reply change(ApiRoute route, SubscriptionManager manager, String id, byte[] body) {
        if (route == ApiRoute.DELETE) {
            manager.delete(id);
            return new Reply(NO_CONTENT, id, (byte[]) null);
        }
        return route == ApiRoute.ROTATE
                ? rotate(manager, id, body)
                : new Reply(
                        OK,
                        id,
                        SubscriptionJson.shown(route == ApiRoute.PAUSE ? manager.pause(id) : manager.resume(id)));
    }

    private static Reply list(SubscriptionManager manager) {
        ObjectNode json = JSON.createObjectNode();
        ArrayNode all = json.putArray("subscriptions");
        manager.list().forEach(each -> all.add(SubscriptionJson.shown(each)));
        return new Reply(OK, "", json);
    }

    private static Reply create(SubscriptionManager manager, SubscriptionDraft draft) {
        SubscriptionManager.Created created = manager.create(draft);
        ObjectNode json = JSON.createObjectNode();
        json.set("subscription", SubscriptionJson.shown(created.subscription()));
        json.put("secret", created.secret().orElse(null));
        return new Reply(CREATED, created.subscription().id(), json);
    }

    private static Reply rotate(SubscriptionManager manager, String id, byte[] body) {
        ApiRequests.Rotation asked = ApiRequests.rotation(body);
        ObjectNode json = JSON.createObjectNode();
        json.put("secret", manager.rotate(id, asked.secret(), asked.overlap()).orElse(null));
        return new Reply(OK, id, json);
    }

    /** What was asked for until its client left is delivered again, too. */
    private static Reply retry(SubscriptionManager manager, AccessTokens.Holder holder, byte[] body, Runnable look) {
        ApiRequests.Retry asked = ApiRequests.retry(body);
        AtomicLong webhooks = new AtomicLong();
        boolean isWhole = false;
        try {
            ObjectNode json = JSON.createObjectNode();
            json.put(
                    "webhooks",
                    manager.retry(asked.choice(), asked.dryRun(), look, webhook -> webhooks.incrementAndGet()));
            isWhole = true;
            return new Reply(ACCEPTED, "", json);
        } finally {
            used(ApiRoute.RETRY, holder)
                    .addKeyValue("subscription", asked.choice().subscription())
                    .addKeyValue("webhooks", webhooks)
                    .addKeyValue("dryRun", asked.dryRun())
                    .addKeyValue("whole", isWhole)
                    .log();
        }
    }
}
