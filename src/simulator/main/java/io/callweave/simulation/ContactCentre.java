package io.callweave.simulation;

import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.SimulatedAccount;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One account with its agents. Decides which calls begin, and when. */
final class ContactCentre {

    private static final List<String> DEPARTMENTS = List.of("Sales", "Support", "Billing");

    private static final List<String> SITES = List.of("Denver", "Leeds");

    /** In the busiest hour. */
    private static final int CALLS_PER_SEAT_AND_HOUR = 10;

    private static final long FIRST_ID = 400_000_000;
    private static final long ID_STEP = 1_001;

    private final SimulatedAccount account;
    private final Seats seats;
    private final Dice dice;
    private final Duration meanGap;
    private final boolean alwaysBusy;
    private final QueueMix queues;

    ContactCentre(CentreSize size, int index) {
        this.account =
                new SimulatedAccount(Long.toString(FIRST_ID + ID_STEP * (index + 1)), Outsiders.mainNumber(index));
        this.seats = new Seats(size.seats());
        this.dice = new Dice(size.seed() * 0x9E3779B97F4A7C15L + index);
        this.meanGap = Duration.ofHours(1).dividedBy((long) size.seats() * CALLS_PER_SEAT_AND_HOUR);
        this.alwaysBusy = size.alwaysBusy();
        this.queues = size.queues();
    }

    SimulatedAccount account() {
        return account;
    }

    Seats seats() {
        return seats;
    }

    QueueMix queues() {
        return queues;
    }

    Dice dice() {
        return dice;
    }

    /** Agents, assigned to the departments in turn, then the queues and the menu. */
    List<Listed> extensions() {
        List<Listed> all = new ArrayList<>();
        for (String seat : seats.all()) {
            int number = all.size();
            all.add(new Listed(
                    account.extension(seat),
                    People.name(number),
                    "user",
                    SITES.get(number % SITES.size()),
                    DEPARTMENTS.get(number % DEPARTMENTS.size())));
        }
        QueueCalls.QUEUES.forEach(queue -> all.add(service(queue, "queue")));
        all.add(service(CallMaker.MENU, "ivr"));
        return all;
    }

    private Listed service(String name, String type) {
        return new Listed(account.service(name), name, type, SITES.get(0), null);
    }

    /** When the next call begins after this time; the end of the traffic if there is none before it. */
    Instant nextAfter(Instant time, Instant end) {
        Instant next = time;
        do {
            // Draws calls as for the busiest hour, and skips the more of them the quieter the hour is.
            next = next.plus(dice.exponential(meanGap)).plusMillis(1);
        } while (next.isBefore(end) && !dice.chance(alwaysBusy ? 1 : BusyDay.at(next)));
        return next;
    }

    /**
     * The call that begins now.
     *
     * @param other another centre that the call may come from; itself if there is none
     * @return empty if nobody is free to make it
     */
    Optional<PhoneCall> call(Instant time, ContactCentre other) {
        CallMaker maker = new CallMaker(this, time);
        Optional<PhoneCall> call = CallKind.one(dice, other != this).make(maker, other);
        call.ifPresent(made -> seats.take(maker.agents(), made.endTime().plus(dice.seconds(3, 25))));
        return call;
    }
}
