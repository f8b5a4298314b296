package io.callweave.deliver.activity;

import io.callweave.deliver.DeliveryReason;
import io.callweave.deliver.Outcome;
import io.callweave.deliver.subscription.SubscriptionState;
import io.callweave.deliver.subscription.WebhookSubscription;
import io.callweave.meter.Metric;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the deliverer did and what waits, in this instance. The first 200 subscriptions have series of their own; all others
 * share those of {@value #FURTHER}. Thread-safe.
 */
public final class DeliverActivity {

    static final String FURTHER = "other";

    private static final int MOST_SUBSCRIPTIONS = 200;

    private static final Duration[] TIMES = Stream.of(10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final MeterRegistry registry;
    private final Counter unreadable;
    private final Counter excluded;
    private final Map<String, Series> series = new ConcurrentHashMap<>();
    private final Map<String, EndpointFigures> figures = new ConcurrentHashMap<>();
    private final Map<String, Map<String, Backlog>> backlogs = new ConcurrentHashMap<>();
    private final Set<String> watched = ConcurrentHashMap.newKeySet();
    private boolean showsFurther;
    private volatile List<WebhookSubscription> subscriptions = List.of();

    public DeliverActivity(MeterRegistry registry) {
        this.registry = registry;
        unreadable = Metric.DELIVER_UNREADABLE.counter(registry);
        excluded = Metric.DELIVER_EXCLUDED.counter(registry);
        for (DeliveryReason reason : DeliveryReason.values()) {
            Metric.DELIVER_UNDELIVERED.counter(registry, reason.wireName());
        }
    }

    /** An attempt ended. */
    public void ended(WebhookSubscription subscription, Outcome outcome) {
        Series of = series.computeIfAbsent(nameOf(subscription.id()), this::ofName);
        of.ended(outcome.kind()).increment();
        of.times.record(outcome.took());
        figures(subscription.id()).ended(outcome);
    }

    /** Something was given up. */
    public void undelivered(DeliveryReason reason) {
        Metric.DELIVER_UNDELIVERED.counter(registry, reason.wireName()).increment();
    }

    /** A record was skipped. */
    public void unreadable() {
        unreadable.increment();
    }

    /** A webhook was left out, because it must not be posted. */
    public void excluded() {
        excluded.increment();
    }

    /** What waits in the queue of a task. */
    public void waits(String task, Map<String, Backlog> now) {
        backlogs.put(task, Map.copyOf(now));
    }

    /** A task is no longer here. */
    public void closed(String task) {
        backlogs.remove(task);
    }

    /** The subscriptions that there are. */
    public void know(Collection<WebhookSubscription> now) {
        subscriptions = List.copyOf(now);
        Set<String> ids = now.stream().map(WebhookSubscription::id).collect(Collectors.toSet());
        // Who may create and delete subscriptions could else fill the memory, and take the series of all others.
        figures.keySet().retainAll(ids);
        watched.stream().filter(id -> !ids.contains(id)).forEach(this::forget);
        for (WebhookSubscription subscription : subscriptions) {
            String id = subscription.id();
            if (watched.size() < MOST_SUBSCRIPTIONS) {
                if (watched.add(id)) {
                    show(id);
                }
            } else if (!showsFurther && !watched.contains(id)) {
                showsFurther = true;
                show(FURTHER);
            }
        }
    }

    private void forget(String id) {
        watched.remove(id);
        series.remove(id);
        Metric.forget(
                registry,
                "subscription",
                id,
                Metric.DELIVER_POSTS,
                Metric.DELIVER_POST_TIME,
                Metric.DELIVER_WAITING,
                Metric.DELIVER_SUSPENDED);
    }

    private void show(String name) {
        Metric.DELIVER_WAITING.gauge(
                registry,
                () -> of(name).mapToLong(each -> backlog(each.id()).waiting()).sum(),
                name);
        Metric.DELIVER_SUSPENDED.gauge(
                registry, () -> of(name).anyMatch(each -> each.state() == SubscriptionState.SUSPENDED) ? 1 : 0, name);
    }

    private Stream<WebhookSubscription> of(String name) {
        return subscriptions.stream().filter(each -> nameOf(each.id()).equals(name));
    }

    public List<WebhookSubscription> subscriptions() {
        return subscriptions;
    }

    /** What waits for an endpoint in all queues of this instance. */
    public Backlog backlog(String subscription) {
        return backlogs.values().stream()
                .map(each -> each.getOrDefault(subscription, Backlog.NONE))
                .reduce(Backlog.NONE, Backlog::plus);
    }

    /** How the posts to an endpoint ended. */
    public EndpointFigures figures(String subscription) {
        return figures.computeIfAbsent(subscription, id -> new EndpointFigures());
    }

    /** The meters of one subscription; to look them up for each post costs more than to count it. */
    private record Series(Map<Outcome.Kind, Counter> counters, Timer times) {

        Counter ended(Outcome.Kind kind) {
            return Objects.requireNonNull(counters.get(kind));
        }
    }

    private Series ofName(String id) {
        Map<Outcome.Kind, Counter> counters = new EnumMap<>(Outcome.Kind.class);
        for (Outcome.Kind kind : Outcome.Kind.values()) {
            String outcome = kind.name().toLowerCase(Locale.ROOT);
            counters.put(kind, Metric.DELIVER_POSTS.counter(registry, id, outcome));
        }
        return new Series(counters, Metric.DELIVER_POST_TIME.timer(registry, TIMES, id));
    }

    private String nameOf(String id) {
        return watched.contains(id) ? id : FURTHER;
    }
}
