package io.callweave.notification;

/** Why a notification cannot be used, in the order of the checks. The first one that applies counts. */
public enum RejectReason {
    TOO_LARGE("tooLarge"),
    NOT_JSON("notJson"),
    NOT_AN_OBJECT("notAnObject"),
    NO_TELEPHONY_SESSION_ID("noTelephonySessionId"),
    NO_ACCOUNT("noAccount"),
    NO_PARTIES("noParties"),
    TOO_MANY_PARTIES("tooManyParties"),
    BAD_SEQUENCE("badSequence"),
    BAD_EVENT_TIME("badEventTime"),
    BAD_PARTY("badParty"),
    TOO_LATE("tooLate"),
    WRONG_ACCOUNT("wrongAccount"),
    BAD_FACT("badFact"),
    NO_SESSION("noSession"),
    INTERNAL_ERROR("internalError");

    private final String wireName;

    RejectReason(String wireName) {
        this.wireName = wireName;
    }

    /** The name in headers of dead letters, in metrics and in files. */
    public String wireName() {
        return wireName;
    }
}
