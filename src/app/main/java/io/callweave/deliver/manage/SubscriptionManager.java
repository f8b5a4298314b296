package io.callweave.deliver.manage;

import io.callweave.access.AccountScope;
import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.manage.SubscriptionException.Kind;
import io.callweave.deliver.queue.DeliveryHeaders;
import io.callweave.deliver.queue.OccurrenceReader;
import io.callweave.deliver.subscription.CallFilter;
import io.callweave.deliver.subscription.FilteredCall;
import io.callweave.deliver.subscription.SecretKeys;
import io.callweave.deliver.subscription.SigningSecret;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.WebhookSubscription;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Manages the subscriptions of a scope. Subscriptions outside of it look as if they did not exist. Every method throws a
 * {@link SubscriptionException} if it cannot do its work.
 */
public final class SubscriptionManager {

    /** An account that manages itself cannot fill the memory of all instances. */
    static final int MOST_OF_AN_ACCOUNT = 100;

    /** In the filters and fields of all its subscriptions: each is an object in the memory of all instances, and compared with each call. */
    static final int MOST_TEXTS_OF_AN_ACCOUNT = 50_000;

    /** In addresses, too: with so many texts, each can have 20, which is longer than usual ids and numbers. */
    static final long MOST_CHARACTERS_OF_AN_ACCOUNT = 1 << 20;

    /** All accounts of a token can have half of what those of others leave of it: several tokens cannot take it all. */
    private static final int SHARE_OF_HEAP = 16;

    /** Of a subscription without its texts, with its secrets, figures and metrics. */
    private static final long BYTES = 2_048;

    private static final long BYTES_OF_TEXT = 96;

    /** Once on the topic, and one or two in a text. */
    private static final long BYTES_OF_CHARACTER = 3;

    /** Each one makes the header with the signatures longer; servers accept 4 to 16 KB of headers. */
    static final int MOST_OLD_SECRETS = 4;

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(366);

    private static final int ID_LENGTH = 13;

    private final SubscriptionStore store;
    private final SecretKeys keys;
    private final InstantSource clock;
    private final AccountScope scope;
    private final long room;
    private final LongConsumer pause;

    /**
     * A subscription that is new.
     *
     * @param secret to be shown once; empty if it is a reference
     */
    public record Created(WebhookSubscription subscription, Optional<String> secret) {

        /** Without the secret. */
        @Override
        public String toString() {
            return subscription.toString();
        }
    }

    public SubscriptionManager(SubscriptionStore store, SecretKeys keys, InstantSource clock, AccountScope scope) {
        this(store, keys, clock, scope, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP, SubscriptionManager::sleep);
    }

    /**
     * For tests.
     *
     * @param room how many bytes all subscriptions can have, if none is of the operator
     * @param pause for so many milliseconds
     */
    SubscriptionManager(
            SubscriptionStore store,
            SecretKeys keys,
            InstantSource clock,
            AccountScope scope,
            long room,
            LongConsumer pause) {
        this.store = store;
        this.keys = keys;
        this.clock = clock;
        this.scope = scope;
        this.room = room;
        this.pause = pause;
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SubscriptionException(Kind.UNAVAILABLE, "It was ended before all was asked for.", e);
        }
    }

    /** Creates one, and asks for a test of its endpoint. */
    public Created create(SubscriptionDraft draft) {
        if (!scope.covers(draft.account())) {
            throw new SubscriptionException(Kind.FORBIDDEN, "You may not manage this account.");
        }
        checkReference(draft.secret());
        if (!draft.tested() && !scope.isOperator()) {
            throw new SubscriptionException(
                    Kind.FORBIDDEN, "Only the operator may post to an endpoint that has answered no test.");
        }
        checkNumber(draft);
        String id = "sub-" + UUID.randomUUID().toString().substring(0, ID_LENGTH);
        NewSecret signing = NewSecret.of(draft.secret(), keys, id);
        long now = clock.millis();
        WebhookSubscription subscription = draft.checked(id, signing.stored(), now);
        store.put(subscription);
        store.test(id, now);
        return new Created(subscription, signing.shown());
    }

    /** By id. */
    public Collection<WebhookSubscription> list() {
        return visible().values();
    }

    public WebhookSubscription find(String id) {
        WebhookSubscription found = visible().get(id);
        if (found == null) {
            throw new SubscriptionException(Kind.NOT_FOUND, "There is no subscription " + id + ".");
        }
        return found;
    }

    /** Asks for a test of the endpoint. */
    public void test(String id) {
        SubscriptionState state = find(id).state();
        if (state == SubscriptionState.PAUSED || state == SubscriptionState.SUSPENDED) {
            throw new SubscriptionException(
                    Kind.CONFLICT,
                    "The subscription is " + state.wireName() + ": nothing is posted until it is resumed.");
        }
        store.test(id, clock.millis());
    }

    public WebhookSubscription pause(String id) {
        WebhookSubscription subscription = find(id);
        if (subscription.state() == SubscriptionState.UNVERIFIED) {
            // Or else a pause would replace the test.
            throw new SubscriptionException(
                    Kind.CONFLICT, "The endpoint has not answered a test yet; nothing but tests is posted to it.");
        }
        return put(subscription.with(SubscriptionState.PAUSED, "", clock.millis()));
    }

    public WebhookSubscription resume(String id) {
        WebhookSubscription subscription = find(id);
        if (subscription.state() == SubscriptionState.UNVERIFIED) {
            throw new SubscriptionException(
                    Kind.CONFLICT, "The endpoint has not answered a test yet; ask for another test.");
        }
        return put(subscription.with(SubscriptionState.ACTIVE, "", clock.millis()));
    }

    /**
     * Gives it a new secret; a few of the old ones remain.
     *
     * @param reference to the new secret; null for a new one
     * @param overlap how long the old secrets sign too; at most 366 days
     * @return the new secret, to be shown once; empty if it is a reference
     */
    public Optional<String> rotate(String id, @Nullable String reference, Duration overlap) {
        checkReference(reference);
        if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
            throw new SubscriptionException(Kind.INVALID, "Old secrets can sign for 0s to 366d.");
        }
        WebhookSubscription subscription = find(id);
        NewSecret signing = NewSecret.of(reference, keys, id);
        long now = clock.millis();
        List<SigningSecret> secrets = new ArrayList<>(List.of(signing.stored()));
        subscription.secrets().stream()
                .filter(old -> old.signs(now))
                .limit(MOST_OLD_SECRETS)
                .map(old -> new SigningSecret(old.stored(), end(old, now + overlap.toMillis())))
                .forEach(secrets::add);
        store.put(subscription.with(secrets));
        return signing.shown();
    }

    private static long end(SigningSecret old, long until) {
        Long before = old.until();
        return before == null ? until : Math.min(before, until);
    }

    public void delete(String id) {
        store.delete(find(id).id());
    }

    /**
     * Asks for another delivery of what could not be delivered, but for tests, which anybody can ask for again. What a deleted
     * subscription did not get cannot be delivered.
     *
     * @param dryRun only to count
     * @param look runs while it goes on, and ends it by a {@link SubscriptionException}
     * @param ids hears the id of each webhook as soon as it is safe
     * @return how many there are
     */
    public long retry(RetryChoice choice, boolean dryRun, Runnable look, Consumer<String> ids) {
        String only = choice.subscription();
        Map<String, WebhookSubscription> receivers = only == null ? visible() : Map.of(only, find(only));
        Set<String> accounts =
                receivers.values().stream().map(WebhookSubscription::account).collect(Collectors.toSet());
        long[] count = {0};
        try (Asked asked = new Asked(ids)) {
            store.undelivered(accounts, each -> {
                look.run();
                String of = each.subscription();
                if (of != null && receivers.containsKey(of) && !each.isTest() && choice.includes(each)) {
                    count[0]++;
                    if (dryRun) {
                        ids.accept(each.webhookId());
                    } else {
                        asked.again(each);
                    }
                }
            });
            asked.await(0);
        }
        return count[0];
    }

    /** Webhooks that are asked for: so many at a time that none waits for the one before, and few enough for the memory. */
    private final class Asked implements AutoCloseable {

        private static final int MOST_BYTES = 1 << 20;

        /** Headers and key. */
        private static final int LEAST_OF_ONE = 1 << 10;

        /** Deliverers read them before later calls of other accounts. */
        private static final int MOST_IN_A_SECOND = 4 << 20;

        private static final int PAUSE_AFTER = MOST_IN_A_SECOND / 50;

        private final Consumer<String> ids;
        private final Deque<Unsafe> unsafe = new ArrayDeque<>();
        private long bytes;
        private long sincePause;

        private record Unsafe(String id, int size, Runnable isSafe) {}

        /** @param ids hears the id of each that is safe */
        Asked(Consumer<String> ids) {
            this.ids = ids;
        }

        void again(Undelivered webhook) {
            int size = LEAST_OF_ONE + webhook.value().length;
            unsafe.add(new Unsafe(webhook.webhookId(), size, store.again(webhook)));
            bytes += size;
            await(MOST_BYTES);
            sincePause += size;
            if (!scope.isOperator() && sincePause >= PAUSE_AFTER) {
                pause.accept(sincePause * 1_000 / MOST_IN_A_SECOND);
                sincePause = 0;
            }
        }

        /** Until at most so many are not safe. */
        void await(long most) {
            while (bytes > most) {
                Unsafe next = unsafe.remove();
                bytes -= next.size;
                next.isSafe.run();
                ids.accept(next.id);
            }
        }

        /** Waits for all, also after a failure. Else who asks again at once would get the later ones twice. */
        @Override
        public void close() {
            while (!unsafe.isEmpty()) {
                try {
                    await(0);
                } catch (SubscriptionException e) {
                    // The caller has the first failure already.
                }
            }
        }
    }

    /** Where records of calls come from. */
    @FunctionalInterface
    public interface Records {
        void each(Taker taker);

        /** Takes the record of a call. */
        @FunctionalInterface
        interface Taker {

            /**
             * Takes one.
             *
             * @param key {@code accountId/callId}
             * @param emittedAt in milliseconds since the epoch
             */
            void take(String key, byte[] value, long emittedAt, Headers headers);
        }
    }

    /**
     * Asks for the delivery of records to all subscriptions that want them, whether they were delivered before or not.
     *
     * @param subscription only to this one; null for all
     * @param dryRun only to count
     * @param ids hears the id of each webhook as soon as it is safe
     * @return how many there are
     */
    public long retry(Records records, @Nullable String subscription, boolean dryRun, Consumer<String> ids) {
        List<WebhookSubscription> receivers = subscription == null ? List.copyOf(list()) : List.of(find(subscription));
        long[] count = {0};
        try (Asked asked = new Asked(ids)) {
            records.each((key, value, emittedAt, headers) -> {
                OccurrenceReader.Read read = occurrence(key, value, emittedAt, headers);
                FilteredCall texts = new FilteredCall(read.tree());
                for (WebhookSubscription each : receivers) {
                    Occurrence occurrence = read.occurrence();
                    if (!each.events().contains(occurrence.type())
                            && each.events().contains(EventType.CALL_COMPLETED)) {
                        occurrence = occurrence.asCompleted();
                    }
                    if (each.state().collects()
                            && each.concerns(occurrence.account())
                            && each.events().contains(occurrence.type())
                            && each.filter().matches(occurrence.type(), texts)) {
                        count[0]++;
                        if (dryRun) {
                            ids.accept(occurrence.id());
                        } else {
                            asked.again(new Undelivered(
                                    key, occurrence.value(), DeliveryHeaders.of(each.id(), occurrence), emittedAt));
                        }
                    }
                }
            });
            asked.await(0);
        }
        return count[0];
    }

    private static OccurrenceReader.Read occurrence(String key, byte[] value, long emittedAt, Headers headers) {
        try {
            return OccurrenceReader.call(key, value, emittedAt, headers);
        } catch (IOException e) {
            throw new SubscriptionException(Kind.UNAVAILABLE, "The record of " + key + " cannot be read.", e);
        }
    }

    private WebhookSubscription put(WebhookSubscription subscription) {
        store.put(subscription);
        return subscription;
    }

    private Map<String, WebhookSubscription> visible() {
        return store.all().entrySet().stream()
                .filter(each -> scope.covers(each.getValue().account()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue, (one, other) -> other, TreeMap::new));
    }

    /** Somebody who names the secret of another account could sign webhooks that this account takes for genuine. */
    private void checkReference(@Nullable String reference) {
        if (reference != null && !scope.isOperator()) {
            throw new SubscriptionException(
                    Kind.FORBIDDEN, "Only the operator may name where a secret is; leave it out to get a new one.");
        }
    }

    private void checkNumber(SubscriptionDraft draft) {
        if (scope.isOperator()) {
            return;
        }
        Collection<WebhookSubscription> own = list();
        Used wanted = Used.of(draft.url(), draft.filter(), draft.fields());
        Used ofAccount = Used.of(own.stream()
                        .filter(each -> each.account().equals(draft.account()))
                        .toList())
                .plus(wanted);
        if (ofAccount.subscriptions > MOST_OF_AN_ACCOUNT) {
            throw new SubscriptionException(
                    Kind.CONFLICT, "An account can have at most " + MOST_OF_AN_ACCOUNT + " subscriptions.");
        }
        if (ofAccount.texts > MOST_TEXTS_OF_AN_ACCOUNT) {
            throw new SubscriptionException(
                    Kind.CONFLICT,
                    "The filters and fields of all subscriptions of an account can have at most "
                            + MOST_TEXTS_OF_AN_ACCOUNT + " texts.");
        }
        if (ofAccount.characters > MOST_CHARACTERS_OF_AN_ACCOUNT) {
            throw new SubscriptionException(
                    Kind.CONFLICT,
                    "The addresses, filters and fields of all subscriptions of an account can have at most "
                            + MOST_CHARACTERS_OF_AN_ACCOUNT + " characters.");
        }
        long ofOthers = Used.of(store.all().values()).bytes() - Used.of(own).bytes();
        if (Used.of(own).plus(wanted).bytes() > (room - ofOthers) / 2) {
            throw new SubscriptionException(
                    Kind.CONFLICT,
                    "Your subscriptions can have half of the memory that those of others leave; use fewer texts in"
                            + " filters, or delete some.");
        }
    }

    /** What subscriptions hold of that which others choose. */
    private record Used(long subscriptions, long texts, long characters) {

        static final Used NOTHING = new Used(0, 0, 0);

        static Used of(Collection<WebhookSubscription> some) {
            return some.stream()
                    .map(each -> of(each.url().toString(), each.filter(), each.fields()))
                    .reduce(NOTHING, Used::plus);
        }

        static Used of(String url, CallFilter filter, List<String> fields) {
            return new Used(
                    1,
                    filter.texts() + fields.size(),
                    url.length()
                            + filter.characters()
                            + fields.stream().mapToLong(String::length).sum());
        }

        Used plus(Used other) {
            return new Used(subscriptions + other.subscriptions, texts + other.texts, characters + other.characters);
        }

        /** In the memory of an instance: as it is on the topic, and as objects. */
        long bytes() {
            return subscriptions * BYTES + texts * BYTES_OF_TEXT + characters * BYTES_OF_CHARACTER;
        }
    }
}
