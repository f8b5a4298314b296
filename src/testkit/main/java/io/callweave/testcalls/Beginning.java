package io.callweave.testcalls;

import io.callweave.simulation.phonecall.CallStart;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Extension;
import io.callweave.simulation.platform.SimulatedAccount;
import java.time.Duration;

/** How a scripted call reaches a talk of two people, the simplest first. */
enum Beginning {
    DIRECT {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER).answeredBy(cast.acting());
        }
    },
    OUTBOUND {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.outbound(cast.acting(), Cast.CUSTOMER).answered();
        }
    },
    INTERNAL {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.internal(cast.acting(), cast.colleague(who)).answered();
        }
    },
    INTERNAL_TO_WHO_ACTS {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.internal(cast.colleague(who), cast.acting()).answered().by(cast.acting());
        }
    },
    ANONYMOUS {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inboundFromAnonymous().answeredBy(cast.acting());
        }
    },
    THROUGH_MENU {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER).ivr("Main menu").answeredBy(cast.acting());
        }
    },
    THROUGH_TWO_MENUS {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER).ivr("Main menu").ivr("Sales").answeredBy(cast.acting());
        }
    },
    FROM_QUEUE {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER)
                    .queue("Support", cast.someone(who, 0), cast.acting(), cast.someone(who, 1))
                    .answeredBy(cast.acting());
        }
    },
    FROM_QUEUE_BEHIND_MENU {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER)
                    .ivr("Main menu")
                    .queue("Support", cast.someone(who))
                    .queueMovesOnTo(cast.acting())
                    .answered();
        }
    },
    OUT_OF_A_WAIT {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER)
                    .waitingIn("Support", Duration.ofSeconds(30))
                    .queue("Support", cast.someone(who), cast.acting())
                    .answeredBy(cast.acting());
        }
    },
    ONE_AFTER_THE_OTHER {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER)
                    .queue("Support", cast.someone(who, 0))
                    .queueMovesOnTo(cast.someone(who, 1))
                    .queueMovesOnTo(cast.acting())
                    .answered();
        }
    },
    OVERFLOWED {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER)
                    .ivr("Main menu")
                    .queue("Support", cast.someone(who, 0), cast.someone(who, 1))
                    .overflowsTo("Sales", cast.acting())
                    .answered();
        }
    },
    OVERFLOWED_UNRUNG {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER)
                    .waitingIn("Support", Duration.ofSeconds(20))
                    .overflowsTo("Sales", cast.acting())
                    .answered();
        }
    },
    PICKED_UP_OUT_OF_QUEUE {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER)
                    .queue("Support", cast.someone(who, 0), cast.someone(who, 1))
                    .pickedUpBy(cast.acting());
        }
    },
    QUEUE_ON_TWO_DEVICES {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER)
                    .queue("Support", cast.acting(), cast.acting(), cast.someone(who))
                    .answeredBy(cast.acting());
        }
    },
    ON_TWO_DEVICES {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER)
                    .ringingOnTwoDevices(cast.acting())
                    .answeredBy(cast.acting());
        }
    },
    TAKEN_FROM_RINGING {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER).ringing(cast.someone(who)).takenFromRingingBy(cast.acting());
        }
    },
    PICKED_UP {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER).ringing(cast.someone(who)).pickedUpBy(cast.acting());
        }
    },
    SCREENED {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inbound(Cast.CUSTOMER)
                    .voicemailScreenedBy(cast.acting())
                    .answered();
        }
    },
    RING_OUT {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.ringOut(cast.acting(), Cast.CUSTOMER).answered();
        }
    },
    RING_OUT_WITHOUT_ROLES {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.ringOutWithoutRoles(cast.acting(), Cast.CUSTOMER).answered();
        }
    },
    FROM_UNSEEN_ACCOUNT {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            return start.inboundFrom(foreigner(start)).answeredBy(cast.acting());
        }
    },
    FROM_ACCOUNT_THAT_LISTENS_TOO {
        @Override
        PhoneCall play(CallStart start, Cast cast, int who) {
            Extension foreigner = foreigner(start);
            return start.alsoSeenBy(foreigner.account()).inboundFrom(foreigner).answeredBy(cast.acting());
        }
    };

    abstract PhoneCall play(CallStart start, Cast cast, int who);

    private static Extension foreigner(CallStart start) {
        SimulatedAccount other =
                start.account().equals(SimulatedAccount.FIRST) ? SimulatedAccount.SECOND : SimulatedAccount.FIRST;
        return other.extension("201");
    }
}
