package io.callweave.testcalls;

import io.callweave.simulation.phonecall.CallStart;
import io.callweave.simulation.phonecall.PhoneCall;
import java.time.Duration;

/** Whole calls in which nobody talks, the simplest first. */
enum Fruitless {
    MISSED {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.inbound(Cast.CUSTOMER).ringing(cast.acting()).abandoned();
        }
    },
    VOICEMAIL {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.inbound(Cast.CUSTOMER).voicemailOf(cast.acting()).hangUp();
        }
    },
    SCREENED_VOICEMAIL {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.inbound(Cast.CUSTOMER)
                    .voicemailScreenedBy(cast.acting())
                    .toVoicemail()
                    .hangUp();
        }
    },
    FAX {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.inbound(Cast.CUSTOMER).faxFor(cast.acting());
        }
    },
    ABANDONED_IN_MENU {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.inbound(Cast.CUSTOMER).ivr("Main menu").abandoned();
        }
    },
    ABANDONED_IN_QUEUE {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.inbound(Cast.CUSTOMER)
                    .queue("Support", cast.acting(), cast.someone(0), cast.someone(1))
                    .abandoned();
        }
    },
    WAITED_IN_VAIN {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.inbound(Cast.CUSTOMER)
                    .ivr("Main menu")
                    .waitingIn("Support", Duration.ofSeconds(40))
                    .abandoned();
        }
    },
    ABANDONED_AFTER_OVERFLOW {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.inbound(Cast.CUSTOMER)
                    .queue("Support", cast.acting(), cast.someone(0))
                    .overflowsTo("Sales", cast.someone(1))
                    .abandoned();
        }
    },
    OVERFLOWED_WHERE_NOBODY_RINGS {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.inbound(Cast.CUSTOMER)
                    .queue("Support", cast.acting())
                    .overflowsTo("Sales")
                    .abandoned();
        }
    },
    VOICEMAIL_OF_QUEUE {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.inbound(Cast.CUSTOMER)
                    .queue("Support", cast.acting(), cast.someone(0))
                    .toVoicemailOfQueue()
                    .hangUp();
        }
    },
    VOICEMAIL_OF_SECOND_QUEUE {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.inbound(Cast.CUSTOMER)
                    .queue("Support", cast.acting())
                    .overflowsTo("Sales", cast.someone(0))
                    .toVoicemailOfQueue()
                    .hangUp();
        }
    },
    VOICEMAIL_OF_QUEUE_AT_NIGHT {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.inbound(Cast.CUSTOMER)
                    .waitingIn("Support", Duration.ofSeconds(15))
                    .toVoicemailOfQueue()
                    .hangUp();
        }
    },
    DECLINED {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.inbound(Cast.CUSTOMER).ringing(cast.acting()).rejected();
        }
    },
    BUSY {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.outbound(cast.acting(), Cast.CUSTOMER).busy();
        }
    },
    REJECTED {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.outbound(cast.acting(), Cast.CUSTOMER).rejected();
        }
    },
    NO_ANSWER {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.outbound(cast.acting(), Cast.CUSTOMER).noAnswer();
        }
    },
    INVALID_NUMBER {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.outbound(cast.acting(), Cast.CUSTOMER).invalidNumber();
        }
    },
    CANCELLED {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.internal(cast.acting(), cast.someone(0)).cancelled();
        }
    },
    RING_OUT_UNANSWERED {
        @Override
        PhoneCall play(CallStart start, Cast cast) {
            return start.ringOut(cast.acting(), Cast.CUSTOMER).noAnswer();
        }
    };

    abstract PhoneCall play(CallStart start, Cast cast);
}
