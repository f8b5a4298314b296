package io.callweave.simulation;

import io.callweave.simulation.phonecall.CallStart;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.QueueForm;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a call to a queue: which agents ring, how long the caller waits, and where the call goes if nobody answers. */
final class QueueCalls {

    static final List<String> QUEUES = List.of("Sales queue", "Support queue", "Billing queue");

    private static final int MOST_AT_ONCE = 5;
    private static final int MOST_ROUNDS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final CallMaker maker;
    private final Seats seats;
    private final Instant time;
    private final Dice dice;
    private final String queue;

    QueueCalls(CallMaker maker, Seats seats, Instant time) {
        this.maker = maker;
        this.seats = seats;
        this.time = time;
        this.dice = maker.dice();
        this.queue = dice.oneOf(QUEUES);
    }

    Optional<PhoneCall> make() {
        String first = seats.next();
        Duration wait = seats.wait(first, time);
        return wait.isZero() ? whileSomebodyIsFree() : whileNobodyIsFree(first, wait);
    }

    /** Another queue for the call to overflow to. */
    static String other(String queue, Dice dice) {
        return dice.oneOf(QUEUES.stream().filter(one -> !one.equals(queue)).toList());
    }

    private Optional<PhoneCall> whileNobodyIsFree(String first, Duration wait) {
        Duration patience = dice.exponential(PATIENCE).plusSeconds(5);
        Duration longest = dice.chance(0.3) ? dice.seconds(20, 60) : Duration.ofDays(1);
        boolean givesUp = patience.compareTo(wait) < 0 && patience.compareTo(longest) < 0;
        if (givesUp) {
            return Optional.of(
                    throughMenu(told()).waitingIn(queue, patience).abandoned().after(dice.seconds(0.1, 1)));
        }
        if (longest.compareTo(wait) < 0) {
            if (dice.chance(0.5)) {
                PhoneCall call = throughMenu(told()).waitingIn(queue, longest);
                return Optional.of(toVoicemail(call.toVoicemailOfQueue().after(dice.seconds(0.01, 0.5))));
            }
            // An agent becomes free a little earlier.
            maker.agents().add(first);
            PhoneCall call = throughMenu(silent()).waitingIn(queue, longest);
            return maker.talk(call.overflowsTo(other(queue, dice), first)
                    .after(dice.seconds(0.01, 0.5))
                    .answeredBy(first)
                    .after(wait.minus(longest).plus(dice.seconds(2, 8))));
        }
        maker.agents().add(first);
        return maker.talk(throughMenu(maker.start())
                .waitingIn(queue, wait)
                .queue(queue, first)
                .answeredBy(first)
                .after(dice.seconds(2, 8)));
    }

    private Optional<PhoneCall> whileSomebodyIsFree() {
        PhoneCall call = throughMenu(maker.start());
        if (dice.chance(0.1)) {
            call = call.waitingIn(queue, dice.seconds(2, 30));
        }
        boolean oneByOne = dice.chance(0.25);
        List<String> ringing = some(oneByOne ? 1 : MOST_AT_ONCE);
        if (dice.chance(0.03)) {
            // The same agent on a second device.
            ringing.add(ringing.get(0));
        }
        call = call.queue(queue, ringing.toArray(String[]::new));
        if (dice.chance(0.05)) {
            return Optional.of(call.abandoned().after(dice.seconds(3, 30)));
        }
        for (int round = 1; round < MOST_ROUNDS && dice.chance(oneByOne ? 0.4 : 0.06); round++) {
            List<String> next = some(1);
            if (next.isEmpty()) {
                break;
            }
            ringing = next;
            call = call.queueMovesOnTo(next.toArray(String[]::new))
                    .after(oneByOne ? dice.seconds(6, 12) : dice.seconds(15, 20));
        }
        double what = dice.share();
        if (what < 0.03) {
            return Optional.of(toVoicemail(call.toVoicemailOfQueue().after(dice.seconds(20, 40))));
        }
        if (what < 0.09) {
            String next = other(queue, dice);
            List<String> agents = some(MOST_AT_ONCE);
            if (!agents.isEmpty()) {
                return overflow(call, next, agents);
            }
        }
        if (what < 0.11) {
            Optional<String> colleague = maker.someone();
            if (colleague.isPresent()) {
                return maker.talk(call.pickedUpBy(colleague.get()).after(dice.seconds(3, 12)));
            }
        }
        return maker.talk(call.answeredBy(dice.oneOf(ringing)).after(dice.seconds(2, 14)));
    }

    /** Nobody answers, so the call goes to another queue, where it may fail too. */
    private Optional<PhoneCall> overflow(PhoneCall ringing, String next, List<String> agents) {
        PhoneCall call =
                ringing.overflowsTo(next, agents.toArray(String[]::new)).after(dice.seconds(15, 40));
        double what = dice.share();
        if (what < 0.15) {
            return Optional.of(call.abandoned().after(dice.seconds(3, 60)));
        }
        if (what < 0.25) {
            return Optional.of(toVoicemail(call.toVoicemailOfQueue().after(dice.seconds(20, 40))));
        }
        return maker.talk(call.answeredBy(dice.oneOf(agents)).after(dice.seconds(2, 14)));
    }

    private PhoneCall toVoicemail(PhoneCall beeping) {
        return beeping.hangUp().after(dice.seconds(3, 40));
    }

    private PhoneCall throughMenu(CallStart start) {
        PhoneCall call = maker.incoming(start);
        return dice.chance(0.9) ? call.ivr(CallMaker.MENU, dice.seconds(4, 25).toMillis(), ChronoUnit.MILLIS) : call;
    }

    /** If no phone rings, some forms look like a person who answers. The platform is unlikely to send that. */
    private CallStart told() {
        CallStart start = maker.start();
        return start.wire().queues().needsMembersToBeTold()
                ? start.on(start.wire().showingQueuesAs(QueueForm.ANSWERED))
                : start;
    }

    /**
     * One queue in which no phone rings, and another one in which some do. This needs a form that differs from a
     * person.
     */
    private CallStart silent() {
        CallStart start = maker.start();
        return start.wire().queues().own() == QueueForm.Own.ANSWERED
                ? start.on(start.wire().showingQueuesAs(QueueForm.SETUP))
                : start;
    }

    /** Free agents, up to this number. */
    private List<String> some(int most) {
        List<String> free = new ArrayList<>();
        while (free.size() < most && (free.isEmpty() || dice.chance(0.75))) {
            Optional<String> next = maker.someone();
            if (next.isEmpty()) {
                break;
            }
            free.add(next.get());
        }
        return free;
    }
}
