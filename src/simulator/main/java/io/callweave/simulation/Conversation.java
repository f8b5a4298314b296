package io.callweave.simulation;

import io.callweave.simulation.phonecall.PhoneCall;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The rest of a call, from the moment when two people talk. */
final class Conversation {

    private static final Duration TALK_MEDIAN = Duration.ofSeconds(110);
    private static final Duration TALK_LONGEST = Duration.ofMinutes(25);
    private static final double TALK_SIGMA = 0.8;
    private static final int PARK_PLACES = 20;

    private final CallMaker maker;
    private final Dice dice;
    private PhoneCall call;

    Conversation(CallMaker maker, PhoneCall call) {
        this.maker = maker;
        this.dice = maker.dice();
        this.call = call;
    }

    /** With somebody outside: everything can happen. */
    Optional<PhoneCall> withOutside() {
        recorded();
        if (dice.chance(0.04)) {
            call = call.nameLearned(Outsiders.name(dice)).after(dice.seconds(1, 10));
        }
        heldOrMuted();
        if (dice.chance(0.04)) {
            double how = dice.share();
            call = (how < 0.5 ? call.switchedDevice() : how < 0.8 ? call.flipped() : call.flippedWithoutGap())
                    .after(dice.seconds(10, 90));
        }
        if (dice.chance(0.04)) {
            supervised();
        }
        double what = dice.share();
        if (what < 0.09) {
            return Optional.of(blind());
        }
        if (what < 0.16) {
            return Optional.of(attended());
        }
        if (what < 0.19) {
            return Optional.of(conference());
        }
        if (what < 0.23) {
            return Optional.of(parked());
        }
        return Optional.of(end());
    }

    /** Between two colleagues, fewer things can happen. */
    Optional<PhoneCall> amongColleagues() {
        heldOrMuted();
        return Optional.of(dice.chance(0.1) ? attended() : end());
    }

    private void recorded() {
        if (dice.chance(0.35)) {
            call = call.recorded().after(dice.seconds(0.3, 3));
            if (dice.chance(0.1)) {
                call = call.recordingPaused()
                        .after(dice.seconds(10, 60))
                        .recorded()
                        .after(dice.seconds(5, 30));
            }
        }
    }

    private void heldOrMuted() {
        for (double again = 0.25; dice.chance(again); again = 0.2) {
            call = call.onHold(dice.seconds(5, 90).toMillis(), ChronoUnit.MILLIS)
                    .after(dice.seconds(10, 80));
        }
        if (dice.chance(0.05)) {
            call = call.mute().after(dice.seconds(5, 60)).unmute().after(dice.seconds(2, 20));
        }
    }

    private void supervised() {
        maker.someone().ifPresent(supervisor -> {
            call = call.supervisedBy(supervisor).after(dice.seconds(10, 60));
            if (dice.chance(0.15)) {
                call = call.takenOver().after(dice.seconds(10, 90));
            } else {
                call = call.supervisionEnds().after(dice.seconds(20, 120));
            }
        });
    }

    private PhoneCall blind() {
        String reason = dice.oneOf(List.of(
                "BlindTransfer", "BlindTransfer", "BlindTransfer", "BlindTransfer", "RccTransfer", "DtmfTransfer"));
        if (dice.chance(0.2)) {
            // Most of these targets are delivered as outside parties; some are never delivered.
            call = (dice.chance(0.6)
                            ? call.transferredTo(Outsiders.number(dice), reason)
                            : call.transferredAwayTo(Outsiders.number(dice), reason, dice.chance(0.3)))
                    .after(talk());
            return call.otherSideHangsUp().after(talk());
        }
        if (dice.chance(0.05)) {
            return call.transferredTooLate().after(talk());
        }
        if (dice.chance(0.12)) {
            return toQueue();
        }
        Optional<String> colleague = maker.someone();
        if (colleague.isEmpty()) {
            return end();
        }
        if (dice.chance(0.15)) {
            call = call.forwardedTo(colleague.get()).after(talk());
            return dice.chance(0.5)
                    ? call.noAnswer().after(dice.seconds(15, 25))
                    : call.toVoicemail().after(dice.seconds(15, 25)).hangUp().after(dice.seconds(3, 40));
        }
        call = call.transferredTo(colleague.get(), reason).after(talk());
        // Some calls are transferred again and again.
        return dice.chance(0.1) ? blind() : end();
    }

    private PhoneCall toQueue() {
        String queue = dice.oneOf(QueueCalls.QUEUES);
        Optional<String> agent = maker.someone();
        if (agent.isEmpty()) {
            return end();
        }
        call = call.transferredToQueue(queue, agent.get()).after(talk());
        if (dice.chance(0.2)) {
            return call.abandoned().after(dice.seconds(5, 60));
        }
        if (dice.chance(0.2)) {
            Optional<String> next = maker.someone();
            if (next.isPresent()) {
                call = call.overflowsTo(QueueCalls.other(queue, dice), next.get())
                        .after(dice.seconds(10, 30));
                agent = next;
            }
        }
        call = call.answeredBy(agent.get()).after(dice.seconds(2, 14));
        return end();
    }

    private PhoneCall attended() {
        if (dice.chance(0.15)) {
            call = call.consulting(Outsiders.number(dice)).after(talk());
            return dice.chance(0.3)
                    ? backThenEnd()
                    : call.connected().after(dice.seconds(5, 40)).hangUp().after(talk());
        }
        Optional<String> colleague = maker.someone();
        if (colleague.isEmpty()) {
            return end();
        }
        call = call.consulting(colleague.get()).after(talk());
        if (dice.chance(0.2)) {
            return backThenEnd();
        }
        call = call.connected().after(dice.seconds(5, 60));
        return dice.chance(0.15) ? attended() : end();
    }

    private PhoneCall backThenEnd() {
        call = call.backFromConsulting().after(dice.seconds(5, 40));
        return end();
    }

    private PhoneCall conference() {
        List<String> others = new ArrayList<>();
        if (dice.chance(0.6)) {
            others.add(Outsiders.number(dice));
        }
        for (int more = 1 + dice.upTo(3); more > 0; more--) {
            maker.someone().ifPresent(others::add);
        }
        if (others.isEmpty()) {
            return end();
        }
        call = call.conferenceWith(others.toArray(String[]::new)).after(dice.seconds(20, 90));
        if (dice.chance(0.2)) {
            Optional<String> late = maker.someone();
            if (late.isPresent()) {
                call = call.joinedBy(late.get()).after(dice.seconds(20, 90));
            }
        }
        if (dice.chance(0.4)) {
            call = call.leaves(dice.oneOf(others)).after(dice.seconds(20, 120));
        }
        return call.hangUp().after(talk());
    }

    private PhoneCall parked() {
        for (boolean again = true; again; again = dice.chance(0.2)) {
            if (dice.chance(0.03)) {
                return call.parkedAt(place()).after(talk()).abandoned().after(dice.seconds(60, 300));
            }
            Optional<String> colleague = maker.someone();
            if (colleague.isEmpty()) {
                break;
            }
            Duration waiting = dice.seconds(5, 90);
            if (dice.chance(0.25)) {
                call = call.parkedInLocation()
                        .after(dice.seconds(20, 120))
                        .fetchedFromLocationBy(colleague.get())
                        .after(waiting);
            } else {
                call = call.parkedAt(place())
                        .after(dice.seconds(20, 120))
                        .fetchedFromParkBy(colleague.get())
                        .after(waiting);
            }
        }
        return end();
    }

    private String place() {
        return Integer.toString(801 + dice.upTo(PARK_PLACES));
    }

    private PhoneCall end() {
        return (dice.chance(0.5) ? call.hangUp() : call.otherSideHangsUp()).after(talk());
    }

    private Duration talk() {
        return dice.logNormal(TALK_MEDIAN, TALK_SIGMA, TALK_LONGEST);
    }
}
