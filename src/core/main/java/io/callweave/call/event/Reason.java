package io.callweave.call.event;

import java.util.Set;

/**
 * The reasons that the rules depend on; all others are passed through. {@code Conference} and {@code CallerDropped} are
 * not in the specification, but RingCentral sends them.
 */
public final class Reason {

    public static final String BLIND_TRANSFER = "BlindTransfer";
    public static final String RCC_TRANSFER = "RccTransfer";
    public static final String DTMF_TRANSFER = "DtmfTransfer";
    public static final String ATTENDED_TRANSFER = "AttendedTransfer";
    public static final String CONFERENCE = "Conference";
    public static final String SUPERVISING = "Supervising";
    public static final String TAKE_OVER = "TakeOver";
    public static final String PICKUP = "Pickup";
    public static final String CALL_SWITCH = "CallSwitch";
    public static final String CALL_FLIP = "CallFlip";
    public static final String CALLER_INPUT_REDIRECT = "CallerInputRedirect";
    public static final String PARK_LOCATION = "ParkLocation";
    public static final String AGENT_ANSWERED = "AgentAnswered";
    public static final String CANCELLED = "Cancelled";
    public static final String CALLER_DROPPED = "CallerDropped";

    private static final Set<String> ANNOUNCE_CONTINUATION = Set.of(
            BLIND_TRANSFER,
            RCC_TRANSFER,
            DTMF_TRANSFER,
            ATTENDED_TRANSFER,
            CALLER_INPUT_REDIRECT,
            CALL_FLIP,
            CALL_SWITCH,
            TAKE_OVER,
            "CallPark",
            PARK_LOCATION,
            PICKUP,
            "CallRedirected",
            CONFERENCE);

    /** Other reasons that RingCentral is known to send. At most, they decide the result of a call. */
    private static final Set<String> CARRIED = Set.of(
            SUPERVISING,
            "Timeout",
            AGENT_ANSWERED,
            "AgentDropped",
            "Rejected",
            CANCELLED,
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
            CALLER_DROPPED,
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
