package io.callweave.simulation;

import io.callweave.simulation.phonecall.PhoneCall;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The kinds of calls in a contact centre, and how many of each occur in a thousand. */
enum CallKind {
    QUEUE(410) {
        @Override
        Optional<PhoneCall> make(CallMaker maker, ContactCentre other) {
            return maker.throughQueue();
        }
    },
    OUTBOUND(180) {
        @Override
        Optional<PhoneCall> make(CallMaker maker, ContactCentre other) {
            return maker.outbound();
        }
    },
    DIRECT(110) {
        @Override
        Optional<PhoneCall> make(CallMaker maker, ContactCentre other) {
            return maker.direct();
        }
    },
    INTERNAL(80) {
        @Override
        Optional<PhoneCall> make(CallMaker maker, ContactCentre other) {
            return maker.internal();
        }
    },
    ABANDONED_IN_MENU(40) {
        @Override
        Optional<PhoneCall> make(CallMaker maker, ContactCentre other) {
            return maker.abandonedInMenu();
        }
    },
    VOICEMAIL(40) {
        @Override
        Optional<PhoneCall> make(CallMaker maker, ContactCentre other) {
            return maker.voicemail();
        }
    },
    MENU_THEN_EXTENSION(30) {
        @Override
        Optional<PhoneCall> make(CallMaker maker, ContactCentre other) {
            return maker.dialledInMenu();
        }
    },
    RING_OUT(40) {
        @Override
        Optional<PhoneCall> make(CallMaker maker, ContactCentre other) {
            return maker.ringOut();
        }
    },
    MISSED(25) {
        @Override
        Optional<PhoneCall> make(CallMaker maker, ContactCentre other) {
            return maker.missed();
        }
    },
    FAX(20) {
        @Override
        Optional<PhoneCall> make(CallMaker maker, ContactCentre other) {
            return maker.fax();
        }
    },
    PICKED_UP(15) {
        @Override
        Optional<PhoneCall> make(CallMaker maker, ContactCentre other) {
            return maker.pickedUp();
        }
    },
    FROM_ANOTHER_ACCOUNT(10) {
        @Override
        Optional<PhoneCall> make(CallMaker maker, ContactCentre other) {
            return maker.from(other);
        }
    };

    private static final List<CallKind> ALL = Arrays.asList(values());
    private static final int TOTAL =
            ALL.stream().mapToInt(kind -> kind.perThousand).sum();

    private final int perThousand;

    CallKind(int perThousand) {
        this.perThousand = perThousand;
    }

    /** Empty if nobody is free to make or take the call. */
    abstract Optional<PhoneCall> make(CallMaker maker, ContactCentre other);

    static CallKind one(Dice dice, boolean several) {
        int left = dice.upTo(TOTAL);
        for (CallKind kind : ALL) {
            left -= kind.perThousand;
            if (left < 0) {
                return kind == FROM_ANOTHER_ACCOUNT && !several ? DIRECT : kind;
            }
        }
        throw new IllegalStateException("The shares do not add up");
    }
}
