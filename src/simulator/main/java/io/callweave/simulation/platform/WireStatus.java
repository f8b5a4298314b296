package io.callweave.simulation.platform;

/** The status codes as the specification spells them. The core has a list of its own, because it is under test. */
public final class WireStatus {

    public static final String SETUP = "Setup";
    public static final String PROCEEDING = "Proceeding";
    public static final String ANSWERED = "Answered";
    public static final String HOLD = "Hold";
    public static final String PARKED = "Parked";
    public static final String VOICEMAIL = "VoiceMail";
    public static final String VOICEMAIL_SCREENING = "VoiceMailScreening";
    public static final String FAX_RECEIVE = "FaxReceive";
    public static final String DISCONNECTED = "Disconnected";
    public static final String GONE = "Gone";

    private WireStatus() {}
}
