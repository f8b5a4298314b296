package io.callweave.testcalls;

import static java.time.temporal.ChronoUnit.SECONDS;

import io.callweave.simulation.phonecall.PhoneCall;

/**
 * An event between two talks of two people, so that moves can follow each other in any order.
 *
 * @param who chooses among the free extensions
 * @param seconds since the move before it
 */
record Move(Kind kind, int who, int seconds) {

    PhoneCall play(PhoneCall call, Cast cast) {
        return kind.play(call, cast, who, seconds);
    }

    /** The kinds of moves, the simplest first. */
    enum Kind {
        HOLD {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return call.onHold(1 + who, SECONDS).after(seconds, SECONDS);
            }
        },
        MUTE {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return call.mute().after(seconds, SECONDS).unmute();
            }
        },
        RECORD {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return call.recorded().after(seconds, SECONDS).recordingPaused().recorded();
            }
        },
        LEARN_NAME {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return call.nameLearned("Customer " + who).after(seconds, SECONDS);
            }
        },
        TRANSFER {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return call.transferredTo(cast.handOver(who)).after(seconds, SECONDS);
            }
        },
        ATTENDED_TRANSFER {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return call.attendedTransferTo(cast.handOver(who)).after(seconds, SECONDS);
            }
        },
        CONSULT {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return call.consulting(cast.someone(who))
                        .after(seconds, SECONDS)
                        .backFromConsulting();
            }
        },
        PARK {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return call.parkedAt("801").after(seconds, SECONDS).fetchedFromParkBy(cast.handOver(who));
            }
        },
        PARK_IN_LOCATION {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return call.parkedInLocation().after(seconds, SECONDS).fetchedFromLocationBy(cast.handOver(who));
            }
        },
        FLIP {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return (cast.mayMove() ? call.flipped() : call).after(seconds, SECONDS);
            }
        },
        FLIP_WITHOUT_GAP {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return (cast.mayMove() ? call.flippedWithoutGap() : call).after(seconds, SECONDS);
            }
        },
        TRANSFER_TO_QUEUE {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                String agent = cast.handOver(who);
                return call.transferredToQueue("Billing", agent)
                        .after(seconds, SECONDS)
                        .answeredBy(agent);
            }
        },
        SWITCH_DEVICE {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return (cast.mayMove() ? call.switchedDevice() : call).after(seconds, SECONDS);
            }
        },
        SUPERVISE {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return call.supervisedBy(cast.someone(who)).after(seconds, SECONDS);
            }
        },
        TAKE_OVER {
            @Override
            PhoneCall play(PhoneCall call, Cast cast, int who, int seconds) {
                return call.supervisedBy(cast.handOver(who))
                        .after(seconds, SECONDS)
                        .takenOver();
            }
        };

        abstract PhoneCall play(PhoneCall call, Cast cast, int who, int seconds);
    }
}
