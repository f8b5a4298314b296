package io.callweave.simulation;

/** The status codes as the specification spells them. The core's own list is another one: it is under test. */
final class Status {

    static final String SETUP = "Setup";
    static final String PROCEEDING = "Proceeding";
    static final String ANSWERED = "Answered";
    static final String HOLD = "Hold";
    static final String PARKED = "Parked";
    static final String VOICEMAIL = "VoiceMail";
    static final String VOICEMAIL_SCREENING = "VoiceMailScreening";
    static final String FAX_RECEIVE = "FaxReceive";
    static final String DISCONNECTED = "Disconnected";
    static final String GONE = "Gone";

    private Status() {}
}
