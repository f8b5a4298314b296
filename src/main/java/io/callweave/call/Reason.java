package io.callweave.call;

import java.util.Set;

/**
 * The reasons that decide something; all others are only carried. {@code Conference} and {@code CallerDropped} are in no
 * specification but in RingCentral's data.
 */
public final class Reason {

    public static final String ATTENDED_TRANSFER = "AttendedTransfer";
    public static final String CONFERENCE = "Conference";
    public static final String SUPERVISING = "Supervising";
    public static final String TAKE_OVER = "TakeOver";
    public static final String PICKUP = "Pickup";
    public static final String CALL_SWITCH = "CallSwitch";
    public static final String CALL_FLIP = "CallFlip";

    private static final Set<String> ANNOUNCE_CONTINUATION = Set.of(
            "BlindTransfer",
            "RccTransfer",
            "DtmfTransfer",
            ATTENDED_TRANSFER,
            "CallerInputRedirect",
            CALL_FLIP,
            CALL_SWITCH,
            TAKE_OVER,
            "CallPark",
            "ParkLocation",
            PICKUP,
            "CallRedirected",
            CONFERENCE);

    /** Those that RingCentral is known to send besides; most decide at the most which result a call has. */
    private static final Set<String> CARRIED = Set.of(
            SUPERVISING,
            "Timeout",
            "AgentAnswered",
            "AgentDropped",
            "Rejected",
            "Cancelled",
            "InternalError",
            "NoAnswer",
            "TargetBusy",
            "InvalidNumber",
            "InternationalDisabled",
            "DestinationBlocked",
            "NotEnoughFunds",
            "NoSuchUser",
            "CallReplied",
            "CallFinished",
            "CallDropped",
            "CallerDropped",
            "Voicemail",
            "Undefined");

    private Reason() {}

    /** Whether RingCentral is known to send this reason. */
    public static boolean isKnown(String reason) {
        return ANNOUNCE_CONTINUATION.contains(reason) || CARRIED.contains(reason);
    }

    /** INFER: a party that ends for one of these reasons is followed by another party or another session. */
    public static boolean announcesContinuation(String reason) {
        return ANNOUNCE_CONTINUATION.contains(reason);
    }
}
