package io.callweave.simulation.delivery;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;

/**
 * How notifications arrive: late, twice, by two subscriptions, or never.
 *
 * <pre>{@code
 * Delivery.of(calls).shuffled(7, Duration.ofSeconds(8)).duplicated(0.3).withExtensionCopies(0.3).lines()
 * }</pre>
 *
 * <p>Each verb returns a new delivery, which changes the result of the verbs before it. The same verbs on the same
 * calls make the same lines.
 */
public final class Delivery {

    private static final Duration LONGEST_BETWEEN_COPIES = Duration.ofSeconds(2);

    private static final Comparator<Arrival> BY_TIME = Comparator.comparing(Arrival::time);

    private final long seed;
    private final List<Arrival> arrivals;

    /** Something that arrives, and when. */
    public record Arrival(Notification notification, Instant time) {

        Arrival later(Duration delay) {
            return new Arrival(notification, time.plus(delay));
        }
    }

    private Delivery(long seed, List<Arrival> arrivals) {
        this.seed = seed;
        this.arrivals = arrivals.stream().sorted(BY_TIME).toList();
    }

    public static Delivery of(PhoneCall... calls) {
        return of(Arrays.asList(calls));
    }

    /** All calls in the order of sending. */
    public static Delivery of(Collection<PhoneCall> calls) {
        Set<String> sessions = new HashSet<>();
        for (PhoneCall call : calls) {
            for (String session : call.telephonySessionIds()) {
                if (!sessions.add(session)) {
                    throw new IllegalArgumentException(
                            "Two calls begin alike and are one; seed one otherwise: " + call);
                }
            }
        }
        return ofNotifications(
                calls.stream().flatMap(call -> call.notifications().stream()).toList());
    }

    public static Delivery ofNotifications(Collection<Notification> notifications) {
        return new Delivery(
                1,
                notifications.stream()
                        .map(notification -> new Arrival(notification, notification.sentAt()))
                        .toList());
    }

    /** Different random choices for the verbs that follow. */
    public Delivery seeded(long newSeed) {
        return new Delivery(newSeed, arrivals);
    }

    /** Delays each arrival by a random time up to this one. */
    public Delivery shuffled(long newSeed, Duration latest) {
        return seeded(newSeed).late(latest);
    }

    /** Delays each arrival by a random time up to this one. */
    public Delivery late(Duration latest) {
        SplittableRandom random = random(1);
        return with(arrivals.stream()
                .map(arrival -> arrival.later(upTo(latest, random)))
                .toList());
    }

    /** This share arrives much later than the rest, within this range of delays. */
    public Delivery stragglers(double share, Duration shortest, Duration longest) {
        SplittableRandom random = random(6);
        return with(arrivals.stream()
                .map(arrival -> random.nextDouble() < share
                        ? arrival.later(shortest.plus(upTo(longest.minus(shortest), random)))
                        : arrival)
                .toList());
    }

    /** This share arrives a second time, byte for byte, within two seconds. */
    public Delivery duplicated(double share) {
        SplittableRandom random = random(2);
        List<Arrival> all = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            all.add(arrival);
            if (random.nextDouble() < share) {
                all.add(arrival.later(upTo(LONGEST_BETWEEN_COPIES, random)));
            }
        }
        return with(all);
    }

    /** This share of the events of extensions also arrives through a subscription to the extension. */
    public Delivery withExtensionCopies(double share) {
        SplittableRandom random = random(3);
        List<Arrival> all = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            all.add(arrival);
            if (isOfExtension(arrival.notification()) && random.nextDouble() < share) {
                Duration delay = upTo(Duration.ofMillis(100), random);
                all.add(new Arrival(copy(arrival.notification(), delay, random), arrival.time())
                        .later(upTo(LONGEST_BETWEEN_COPIES, random)));
            }
        }
        return with(all);
    }

    /**
     * This share never arrives. Each copy is dropped independently, so drop before you duplicate to lose an event
     * completely.
     */
    public Delivery dropped(double share) {
        SplittableRandom random = random(4);
        return dropped(notification -> random.nextDouble() < share);
    }

    /** Drops these notifications. */
    public Delivery dropped(Predicate<Notification> which) {
        return with(arrivals.stream()
                .filter(arrival -> !which.test(arrival.notification()))
                .toList());
    }

    /** Splits the arrivals into this many random parts: files, or bridges behind one address. */
    public List<Delivery> split(int parts) {
        SplittableRandom random = random(5);
        return split(parts, notification -> random.nextInt(parts));
    }

    /** Splits the arrivals into this many parts, each session in one part, as in partitions. */
    public List<Delivery> splitBySession(int parts) {
        return split(
                parts,
                notification -> Math.floorMod(notification.telephonySessionId().hashCode(), parts));
    }

    /** The arrivals in order, with their times. */
    public List<Arrival> arrivals() {
        return arrivals;
    }

    /** The arrivals in order. */
    public List<Notification> notifications() {
        return arrivals.stream().map(Arrival::notification).toList();
    }

    /** The texts that arrive. */
    public List<String> lines() {
        return notifications().stream().map(Notification::json).toList();
    }

    /** The texts that arrive, as a file of lines. */
    public byte[] bytes() {
        StringBuilder text = new StringBuilder();
        lines().forEach(line -> text.append(line).append('\n'));
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private Delivery with(List<Arrival> newArrivals) {
        return new Delivery(seed, newArrivals);
    }

    private List<Delivery> split(int parts, ToIntFunction<Notification> partOf) {
        List<List<Arrival>> lists = new ArrayList<>();
        for (int part = 0; part < parts; part++) {
            lists.add(new ArrayList<>());
        }
        arrivals.forEach(
                arrival -> lists.get(partOf.applyAsInt(arrival.notification())).add(arrival));
        return lists.stream().map(this::with).toList();
    }

    private static boolean isOfExtension(Notification notification) {
        return notification.tree().path("event").asText().contains("/extension/");
    }

    /** The platform sends the copy a little later, with an id of its own. */
    private static Notification copy(Notification notification, Duration delay, SplittableRandom random) {
        return notification.forSubscription(
                Long.toString(random.nextLong(1L << 59, Long.MAX_VALUE)),
                SimulatedAccount.subscriptionId(
                        "extension " + notification.party().path("extensionId").asText()),
                notification.sentAt().plus(delay));
    }

    private static Duration upTo(Duration longest, SplittableRandom random) {
        return Duration.ofMillis(random.nextLong(longest.toMillis() + 1));
    }

    /** Each verb draws from random numbers of its own, so that another verb does not change them. */
    private SplittableRandom random(int verb) {
        return new SplittableRandom(seed * 31 + verb);
    }
}
