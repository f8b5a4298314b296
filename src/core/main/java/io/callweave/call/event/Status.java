package io.callweave.call.event;

import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The status codes that matter to a call, each in one spelling. RingCentral's documents and its data spell them
 * differently ({@code VoiceMail}, {@code Voicemail}; {@code VoiceMailScreening}, {@code VMScreening}). Unknown codes
 * are passed through as sent.
 */
public final class Status {

    public static final String SETUP = "Setup";
    public static final String PROCEEDING = "Proceeding";
    public static final String ANSWERED = "Answered";
    public static final String HOLD = "Hold";
    public static final String PARKED = "Parked";
    public static final String VOICEMAIL = "Voicemail";
    public static final String VM_SCREENING = "VMScreening";
    public static final String FAX_RECEIVE = "FaxReceive";
    public static final String DISCONNECTED = "Disconnected";
    public static final String GONE = "Gone";

    private static final Map<String, String> BY_LOWER_CASE = Map.ofEntries(
            Map.entry("setup", SETUP),
            Map.entry("proceeding", PROCEEDING),
            Map.entry("answered", ANSWERED),
            Map.entry("hold", HOLD),
            Map.entry("parked", PARKED),
            Map.entry("voicemail", VOICEMAIL),
            Map.entry("vmscreening", VM_SCREENING),
            Map.entry("voicemailscreening", VM_SCREENING),
            Map.entry("faxreceive", FAX_RECEIVE),
            Map.entry("disconnected", DISCONNECTED),
            Map.entry("gone", GONE));

    private static final Map<String, String> AS_IS = BY_LOWER_CASE.values().stream()
            .distinct()
            .collect(Collectors.toUnmodifiableMap(Function.identity(), code -> code));

    /** In RingCentral's specification, which does not explain it. */
    private static final String TDS = "tds";

    private Status() {}

    /** The one spelling of a known code; an unknown code as sent. */
    public static String of(String code) {
        String known = AS_IS.get(code);
        return known != null ? known : BY_LOWER_CASE.getOrDefault(code.toLowerCase(Locale.ROOT), code);
    }

    /** Whether RingCentral is known to send this code, in any spelling. */
    public static boolean isKnown(String code) {
        String lowerCase = code.toLowerCase(Locale.ROOT);
        return BY_LOWER_CASE.containsKey(lowerCase) || lowerCase.equals(TDS);
    }

    /** Disconnected and Gone end a party. They do not always end the call. */
    public static boolean isFinal(String status) {
        return status.equals(DISCONNECTED) || status.equals(GONE);
    }

    /** Whether the voicemail has the call: it records, or the one who is called listens to that. */
    public static boolean isVoicemail(String status) {
        return status.equals(VOICEMAIL) || status.equals(VM_SCREENING);
    }

    /** The statuses that end a party's ringing (RingCentral's guide "Calculating call time metrics"). */
    public static boolean endsRinging(String status) {
        return switch (status) {
            case ANSWERED, VOICEMAIL, VM_SCREENING, FAX_RECEIVE -> true;
            default -> isFinal(status);
        };
    }
}
