package io.callweave.record;

import java.util.List;
import java.util.stream.Stream;

/** The words that several fields have in common, as the descriptions of these fields list them. */
final class KnownWords {

    /** Statuses in which a party is still there. */
    private static final List<String> LIVE = List.of(
            "Setup", "Proceeding", "Answered", "Hold", "Parked", "Voicemail", "VMScreening", "FaxReceive", "Tds");

    private static final List<String> RESULTS = List.of(
            "Accepted",
            "Call connected",
            "Received",
            "Voicemail",
            "Abandoned",
            "Missed",
            "Busy",
            "Rejected",
            "Wrong Number",
            "International Disabled",
            "Blocked",
            "No Calling Credit",
            "Internal Error",
            "Hang Up",
            "No Answer",
            "Unknown");

    private KnownWords() {}

    /** Statuses of a party that is still there. */
    static String[] liveStatuses() {
        return LIVE.toArray(String[]::new);
    }

    /** All statuses of a party. */
    static String[] statuses() {
        return and(LIVE, "Disconnected", "Gone");
    }

    /** Results of a call and of a leg. */
    static String[] results(String... more) {
        return and(RESULTS, more);
    }

    private static String[] and(List<String> words, String... more) {
        return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
    }
}
