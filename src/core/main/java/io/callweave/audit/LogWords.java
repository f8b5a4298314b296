package io.callweave.audit;

import io.callweave.call.event.Address;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the Call Log may say differently from a call and still mean the same. RingCentral's specification lists the words of the log,
 * and not when each applies: INFER, from the words and from RingCentral's published replies.
 */
final class LogWords {

    private static final String IN_PROGRESS = "In Progress";
    private static final String STOPPED = "Stopped";
    private static final String VOIP_CALL = "VoIP Call";

    /** Numbers that an account's privacy hid have other characters. */
    private static final Pattern PLAIN = Pattern.compile("\\+?[0-9#]+");

    /** By the result of a call, the other results that mean the same. */
    private static final Map<String, Set<String>> RESULTS = Map.ofEntries(
            // The log has one word for each side: a call inside the company can be told from either.
            Map.entry("Accepted", Set.of("Call connected")),
            Map.entry("Call connected", Set.of("Accepted")),
            // The caller reached the mailbox and left no message, or somebody sent the caller there.
            Map.entry("Voicemail", Set.of("Sent to Voicemail", "Missed", "Hang Up")),
            // The caller left a queue. The log names who left, or that nobody answered.
            Map.entry("Abandoned", Set.of("Missed", "Hang Up", "No Answer")),
            // Nobody answered: because of the caller, of the called user, or of the phones.
            Map.entry(
                    "Missed",
                    Set.of("Abandoned", "Hang Up", "No Answer", "Rejected", "Declined", "Busy", "IP Phone Offline")),
            // The caller gave up while it rang.
            Map.entry("No Answer", Set.of("Hang Up", "Missed", STOPPED)),
            Map.entry("Hang Up", Set.of("No Answer", "Missed", STOPPED)),
            Map.entry("Rejected", Set.of("Declined")),
            // The network refused the call. Notifications name the cause, the log does not always.
            Map.entry("Busy", Set.of("Call Failed", "Call Failure")),
            Map.entry("Wrong Number", Set.of("Call Failed", "Call Failure")),
            Map.entry("Internal Error", Set.of("Call Failed", "Call Failure")),
            // Two words for the same rule of the account.
            Map.entry("International Disabled", Set.of("International Restricted")),
            Map.entry("Blocked", Set.of("Restricted Number", "Not Allowed")));

    private LogWords() {}

    /** Whether the log may still change: queue calls are an outgoing leg first (RingCentral's replies of 2021). */
    static boolean isUnsettled(LogEntry entry) {
        return entry.result().equals(IN_PROGRESS)
                || (entry.result().equals(STOPPED) && entry.action().equals(VOIP_CALL));
    }

    static boolean isSameResult(String here, String there) {
        return here.equals(there)
                // It could not be folded: the record says nothing of its result.
                || here.equals("Unknown")
                || RESULTS.getOrDefault(here, Set.of()).contains(there);
    }

    /** A call inside the company comes and goes. */
    static boolean isSameDirection(CallHere call, String there) {
        return call.internal() || call.direction().toLowerCase(Locale.ROOT).equals(there.toLowerCase(Locale.ROOT));
    }

    /**
     * Whether both can be the same end of a call. The log has short numbers in a field of its own, and can leave out what a caller hides;
     * an account's privacy can hide numbers here.
     */
    static boolean isSameParty(@Nullable Address here, @Nullable Address there) {
        if (here == null || there == null) {
            return true;
        }
        List<String> ours = numbers(here);
        List<String> theirs = numbers(there);
        if (ours.stream().anyMatch(theirs::contains)) {
            return true;
        }
        if (here.extensionId() != null && there.extensionId() != null) {
            return here.extensionId().equals(there.extensionId());
        }
        return ours.isEmpty()
                || theirs.isEmpty()
                || Stream.concat(ours.stream(), theirs.stream())
                        .anyMatch(number -> !PLAIN.matcher(number).matches());
    }

    private static List<String> numbers(Address address) {
        return Stream.of(address.phoneNumber(), address.extensionNumber())
                .filter(Objects::nonNull)
                .toList();
    }

    /** As people know it. */
    static @Nullable String shown(@Nullable Address address) {
        if (address == null) {
            return null;
        }
        return Stream.of(address.phoneNumber(), address.extensionNumber(), address.extensionId(), address.name())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
