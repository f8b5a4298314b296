package io.callweave.bridge.activity;

import io.callweave.bridge.IntakeOutcome;

/** Every answer of the endpoint. The names are those of outcomes in metrics, and stand in the answer's body. */
public enum Answer {
    /** The notification is safe. */
    PUBLISHED(200, IntakeOutcome.PUBLISHED),
    /** It has no key; its bytes are safe. RingCentral would blacklist the subscription for anything but 200. */
    DEAD_LETTERED(200, IntakeOutcome.DEAD_LETTERED),
    /** Another event type. */
    SKIPPED(200, IntakeOutcome.SKIPPED),
    /** RingCentral asked whether the address is ours. */
    VALIDATED(200, "validated"),
    /** A validation token that cannot be echoed, or a request that is no HTTP. */
    BAD_REQUEST(400, "badRequest"),
    WRONG_TOKEN(401, "wrongToken"),
    /** It is of another account than the path. */
    FOREIGN_ACCOUNT(403, IntakeOutcome.FOREIGN_ACCOUNT),
    UNKNOWN_PATH(404, "unknownPath"),
    WRONG_METHOD(405, "wrongMethod"),
    /** The body did not come in time. */
    SLOW_BODY(408, "slowBody"),
    TOO_LARGE(413, IntakeOutcome.TOO_LARGE),
    WRONG_TYPE(415, "wrongType"),
    /** The request's line and headers are too long; 414 if it is the line. */
    LONG_HEAD(431, "longHead"),
    /** More a second than the account may. */
    TOO_MANY(429, "tooMany"),
    /** The server itself failed. */
    FAILED(500, "failed"),
    /** Safekeeping has no room. */
    NO_ROOM(503, IntakeOutcome.NO_ROOM),
    /** Safekeeping did not answer in time. */
    NOT_IN_TIME(503, "notInTime"),
    /** Too many bytes of requests, or too many records that are not safe yet, are in memory. */
    BUSY(503, IntakeOutcome.BUSY),
    /** The bridge stops. */
    STOPPING(503, "stopping");

    private final int status;
    private final String wireName;

    Answer(int status, IntakeOutcome outcome) {
        this(status, outcome.wireName());
    }

    Answer(int status, String wireName) {
        this.status = status;
        this.wireName = wireName;
    }

    /** To a notification that the intake was given. */
    public static Answer of(IntakeOutcome outcome) {
        return switch (outcome) {
            case PUBLISHED -> PUBLISHED;
            case DEAD_LETTERED -> DEAD_LETTERED;
            case SKIPPED -> SKIPPED;
            case FOREIGN_ACCOUNT -> FOREIGN_ACCOUNT;
            case NO_ROOM -> NO_ROOM;
            case BUSY -> BUSY;
            case TOO_LARGE -> TOO_LARGE;
        };
    }

    public int status() {
        return status;
    }

    public String wireName() {
        return wireName;
    }

    /** RingCentral counts only this as taken. */
    public boolean isOk() {
        return status == 200;
    }

    /** Whether only a sender of an account gets it. */
    public boolean isForKnownSenders() {
        return isOk() && this != VALIDATED;
    }

    /** Whether the connection ends with it: strangers could keep many, and a sender could ask as fast as it can. */
    public boolean endsConnection() {
        return this == VALIDATED || (status >= 400 && status < 500);
    }
}
