package io.callweave.testcalls;

import io.callweave.simulation.phonecall.PhoneCall;

/** How a scripted call continues from a talk of two people to its end, the simplest first. */
enum Finish {
    HANG_UP {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.hangUp();
        }
    },
    OTHER_SIDE_HANGS_UP {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.otherSideHangsUp();
        }
    },
    SENT_OUTSIDE {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.transferredTo(Cast.OUTSIDE).otherSideHangsUp();
        }
    },
    SENT_AWAY {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.transferredAwayTo(Cast.OUTSIDE).otherSideHangsUp();
        }
    },
    SENT_AWAY_WITH_GAPS {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.transferredAwayTo(Cast.OUTSIDE, "DtmfTransfer", true).hangUp();
        }
    },
    SENT_TOO_LATE {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.transferredTooLate();
        }
    },
    LOST_IN_QUEUE {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.transferredToQueue("Billing", cast.someone(who)).abandoned();
        }
    },
    LOST_IN_SECOND_QUEUE {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.transferredToQueue("Billing", cast.someone(who))
                    .overflowsTo("Returns", cast.someone(who, 1))
                    .toVoicemailOfQueue()
                    .hangUp();
        }
    },
    CONNECTED_TO_OUTSIDE {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.attendedTransferTo(Cast.OUTSIDE).hangUp();
        }
    },
    SENT_TO_VOICEMAIL {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.forwardedTo(cast.someone(who)).toVoicemail().hangUp();
        }
    },
    SENT_IN_VAIN {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.forwardedTo(cast.someone(who)).noAnswer();
        }
    },
    FORGOTTEN_IN_PARK {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.parkedAt("802").abandoned();
        }
    },
    CONFERENCE {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.conferenceWith(Cast.OUTSIDE).hangUp();
        }
    },
    LARGE_CONFERENCE {
        @Override
        PhoneCall play(PhoneCall call, Cast cast, int who) {
            return call.conferenceWith(Cast.OUTSIDE, cast.someone(who, 0), cast.someone(who, 1))
                    .leaves(Cast.OUTSIDE)
                    .hangUp();
        }
    };

    abstract PhoneCall play(PhoneCall call, Cast cast, int who);
}
