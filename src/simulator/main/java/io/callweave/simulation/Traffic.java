package io.callweave.simulation;

import io.callweave.simulation.artifact.Aftermath;
import io.callweave.simulation.artifact.ArtifactMix;
import io.callweave.simulation.artifact.LeftArtifact;
import io.callweave.simulation.delivery.Delivery;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.truth.CallTruth;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of contact centres in the order of their arrival. Each call runs to its end. Only notifications
 * that have not arrived yet are in memory, so a day takes no more than an hour. The same size and faults make the same
 * notifications.
 */
public final class Traffic implements Iterator<Traffic.Item> {

    /**
     * An arrival.
     *
     * @param notification null if none of the notifications of these calls arrives
     * @param told the calls that this arrival completes, but for the artifacts that come later
     */
    public record Item(Instant time, @Nullable Notification notification, List<CallTruth> told) {}

    private record Pending(
            Instant time,
            long number,
            @Nullable Notification notification,
            @Nullable Telling telling) {}

    /** A call, and how many of its notifications are still to arrive. */
    private static final class Telling {

        private final List<CallTruth> truths;
        private int left;

        Telling(List<CallTruth> truths, int left) {
            this.truths = truths;
            this.left = left;
        }

        List<CallTruth> oneLess() {
            left--;
            return left > 0 ? List.of() : truths;
        }
    }

    private record Coming(Instant time, int centre) {}

    private final DeliveryFaults faults;
    private final ArtifactMix artifacts;
    private final Instant end;
    private final Dice dice;
    private final List<ContactCentre> centres;
    private final PriorityQueue<Coming> coming =
            new PriorityQueue<>(Comparator.comparing(Coming::time).thenComparingInt(Coming::centre));
    private final PriorityQueue<Pending> pending =
            new PriorityQueue<>(Comparator.comparing(Pending::time).thenComparingLong(Pending::number));
    private long numbers;

    /** Only calls. */
    public Traffic(CentreSize size, DeliveryFaults faults) {
        this(size, faults, ArtifactMix.NONE);
    }

    public Traffic(CentreSize size, DeliveryFaults faults, ArtifactMix artifacts) {
        this.faults = faults;
        this.artifacts = artifacts;
        this.end = size.from().plus(size.span());
        this.dice = new Dice(size.seed() ^ 0x5DEECE66DL);
        this.centres = IntStream.range(0, size.accounts())
                .mapToObj(index -> new ContactCentre(size, index))
                .toList();
        for (int index = 0; index < centres.size(); index++) {
            schedule(index, size.from());
        }
    }

    /** The ids of the accounts, one for each centre. */
    public List<String> accounts() {
        return centres.stream().map(centre -> centre.account().id()).toList();
    }

    /** Everybody and everything that has an extension in the accounts. */
    public List<Listed> extensions() {
        return centres.stream().flatMap(centre -> centre.extensions().stream()).toList();
    }

    @Override
    public boolean hasNext() {
        fill();
        return !pending.isEmpty();
    }

    @Override
    public Item next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Pending next = pending.remove();
        Telling telling = next.telling();
        return new Item(next.time(), next.notification(), telling == null ? List.of() : telling.oneLess());
    }

    /** Nothing arrives before its call begins. So the next arrival is certain once all calls before it have begun. */
    private void fill() {
        while (!coming.isEmpty()
                && (pending.isEmpty()
                        || !pending.peek().time().isBefore(coming.peek().time()))) {
            Coming call = coming.remove();
            begin(call);
            schedule(call.centre(), call.time());
        }
    }

    private void schedule(int centre, Instant after) {
        Instant next = centres.get(centre).nextAfter(after, end);
        if (next.isBefore(end)) {
            coming.add(new Coming(next, centre));
        }
    }

    private void begin(Coming coming) {
        ContactCentre centre = centres.get(coming.centre());
        ContactCentre other = centres.size() == 1
                ? centre
                : centres.get((coming.centre() + 1 + dice.upTo(centres.size() - 1)) % centres.size());
        centre.call(coming.time(), other).ifPresent(call -> deliver(call, coming.time()));
    }

    private void deliver(PhoneCall call, Instant start) {
        List<Delivery.Arrival> arrivals = faults.of(call, dice.seed()).arrivals();
        Set<String> arriving =
                arrivals.stream().map(arrival -> nameOf(arrival.notification())).collect(Collectors.toSet());
        // Of what was sent: that a notification is lost on its way changes no recording.
        List<Aftermath.Told> later = artifacts.equals(ArtifactMix.NONE)
                ? List.of()
                : Aftermath.of(call.notifications(), dice.seed(), artifacts);
        List<CallTruth> truths = call.truths(notification -> !arriving.contains(nameOf(notification)));
        Telling telling = new Telling(with(later, truths), Math.max(1, arrivals.size()));
        List<Pending> all = new ArrayList<>();
        for (Delivery.Arrival arrival : arrivals) {
            all.add(new Pending(arrival.time(), numbers++, arrival.notification(), telling));
        }
        pending.addAll(all.isEmpty() ? List.of(new Pending(start, numbers++, null, telling)) : all);
        for (Aftermath.Told told : later) {
            pending.add(new Pending(told.time(), numbers++, told.notification(), null));
        }
    }

    private static List<CallTruth> with(List<Aftermath.Told> later, List<CallTruth> truths) {
        List<LeftArtifact> left = later.stream()
                .map(Aftermath.Told::first)
                .filter(Objects::nonNull)
                .toList();
        return left.isEmpty()
                ? truths
                : truths.stream().map(truth -> truth.with(left)).toList();
    }

    private static String nameOf(Notification notification) {
        return notification.account() + "/" + notification.telephonySessionId() + "/" + notification.sequence();
    }
}
