package io.callweave.simulation;

import io.callweave.simulation.phonecall.CallStart;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Extension;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Makes one call of a contact centre: its beginning, up to the point where people talk or nobody answers. */
final class CallMaker {

    static final String MENU = "Main menu";

    /** Of 1000 unanswered outgoing calls, this many end with each reason. */
    private static final List<String> IN_VAIN = List.of(
            "NoAnswer",
            "NoAnswer",
            "NoAnswer",
            "NoAnswer",
            "NoAnswer",
            "NoAnswer",
            "TargetBusy",
            "TargetBusy",
            "TargetBusy",
            "Cancelled",
            "Cancelled",
            "Cancelled",
            "InvalidNumber",
            "InvalidNumber",
            "Rejected",
            "DestinationBlocked",
            "InternationalDisabled",
            "NotEnoughFunds",
            "InternalError",
            "CallerDropped");

    private final ContactCentre centre;
    private final Instant time;
    private final Dice dice;
    private final List<String> agents = new ArrayList<>();
    private final CallStart start;

    CallMaker(ContactCentre centre, Instant time) {
        this.centre = centre;
        this.time = time;
        this.dice = centre.dice();
        this.start = PhoneCall.call()
                .in(centre.account())
                .startingAt(time)
                .seeded(dice.seed())
                .on(WireMix.one(dice, centre.queues()));
    }

    /** Extensions that are or were in the call, or rang. */
    List<String> agents() {
        return agents;
    }

    Dice dice() {
        return dice;
    }

    CallStart start() {
        return start;
    }

    /** A free extension, taken by this call from now on. */
    Optional<String> someone() {
        Optional<String> free = centre.seats().free(time, agents, dice);
        free.ifPresent(agents::add);
        return free;
    }

    Optional<PhoneCall> throughQueue() {
        return new QueueCalls(this, centre.seats(), time).make();
    }

    Optional<PhoneCall> direct() {
        return with(agent -> {
            PhoneCall call = incoming();
            if (dice.chance(0.04)) {
                return talk(call.voicemailScreenedBy(agent).answered().after(dice.seconds(2, 8)));
            }
            if (dice.chance(0.06)) {
                Optional<String> colleague = someone();
                if (colleague.isPresent()) {
                    return talk(call.ringing(agent)
                            .redirectedTo(colleague.get())
                            .after(dice.seconds(10, 20))
                            .answered()
                            .after(dice.seconds(2, 12)));
                }
            }
            if (dice.chance(0.05)) {
                call = call.ringingOnTwoDevices(agent);
            }
            return talk(call.answeredBy(agent).after(dice.seconds(2, 18)));
        });
    }

    Optional<PhoneCall> outbound() {
        return with(agent -> {
            PhoneCall call = start.outbound(agent, Outsiders.number(dice));
            return dice.chance(0.62)
                    ? talk(call.answered().after(dice.seconds(4, 25)))
                    : Optional.of(call.unsuccessful(dice.oneOf(IN_VAIN)).after(dice.seconds(1, 40)));
        });
    }

    Optional<PhoneCall> internal() {
        return with(agent -> with(colleague -> {
            PhoneCall call = start.internal(agent, colleague);
            if (dice.chance(0.75)) {
                return new Conversation(this, call.answered().after(dice.seconds(2, 15))).amongColleagues();
            }
            return Optional.of(
                    dice.chance(0.5)
                            ? call.cancelled().after(dice.seconds(5, 20))
                            : call.toVoicemail()
                                    .after(dice.seconds(15, 25))
                                    .hangUp()
                                    .after(dice.seconds(3, 30)));
        }));
    }

    Optional<PhoneCall> ringOut() {
        return with(agent -> {
            String number = Outsiders.number(dice);
            double form = dice.share();
            if (form < 0.15) {
                PhoneCall call = start.ringOutInTwoSessions(agent, number);
                return Optional.of(
                        call.answered().after(dice.seconds(3, 20)).hangUp().after(dice.seconds(20, 300)));
            }
            PhoneCall call = form < 0.3 ? start.ringOutWithoutRoles(agent, number) : start.ringOut(agent, number);
            return dice.chance(0.8)
                    ? talk(call.answered().after(dice.seconds(3, 20)))
                    : Optional.of(call.noAnswer().after(dice.seconds(20, 40)));
        });
    }

    Optional<PhoneCall> abandonedInMenu() {
        PhoneCall call = incoming().ivr(MENU, 3 + dice.upTo(20), ChronoUnit.SECONDS);
        return Optional.of(call.abandoned().after(dice.seconds(0.1, 2)));
    }

    Optional<PhoneCall> dialledInMenu() {
        return with(agent -> talk(incoming()
                .ivr(MENU, 4 + dice.upTo(15), ChronoUnit.SECONDS)
                .dialsInMenu(agent)
                .after(dice.seconds(0.1, 1))
                .answered()
                .after(dice.seconds(2, 15))));
    }

    Optional<PhoneCall> voicemail() {
        return with(agent -> {
            PhoneCall call = dice.chance(0.1)
                    ? incoming()
                            .voicemailScreenedBy(agent)
                            .after(dice.seconds(12, 20))
                            .toVoicemail()
                    : incoming().voicemailOf(agent);
            return Optional.of(call.after(dice.seconds(12, 22)).hangUp().after(dice.seconds(2, 60)));
        });
    }

    Optional<PhoneCall> missed() {
        return with(agent -> {
            PhoneCall call = incoming().ringing(agent);
            return Optional.of((dice.chance(0.2) ? call.rejected() : call.abandoned()).after(dice.seconds(2, 25)));
        });
    }

    Optional<PhoneCall> fax() {
        return with(agent -> Optional.of(incoming().faxFor(agent).after(dice.seconds(15, 120))));
    }

    Optional<PhoneCall> pickedUp() {
        return with(agent -> with(colleague -> talk((dice.chance(0.3)
                        ? incoming().ringing(agent).takenFromRingingBy(colleague)
                        : incoming().ringing(agent).pickedUpBy(colleague))
                .after(dice.seconds(4, 15)))));
    }

    /** Both accounts see the call, each with its own parties. */
    Optional<PhoneCall> from(ContactCentre other) {
        Optional<String> caller = other.seats().free(time, List.of(), dice);
        return caller.flatMap(seat -> with(agent -> {
            Extension foreigner = other.account().extension(seat);
            PhoneCall call = start.alsoSeenBy(other.account())
                    .inboundFrom(foreigner)
                    .answeredBy(agent)
                    .after(dice.seconds(2, 15));
            Optional<PhoneCall> talk = talk(call);
            talk.ifPresent(made -> other.seats().take(List.of(seat), made.endTime()));
            return talk;
        }));
    }

    PhoneCall incoming() {
        return incoming(start);
    }

    PhoneCall incoming(CallStart start) {
        return dice.chance(0.03) ? start.inboundFromAnonymous() : start.inbound(Outsiders.number(dice));
    }

    Optional<PhoneCall> talk(PhoneCall call) {
        return new Conversation(this, call).withOutside();
    }

    private Optional<PhoneCall> with(Function<String, Optional<PhoneCall>> made) {
        return someone().flatMap(made);
    }
}
