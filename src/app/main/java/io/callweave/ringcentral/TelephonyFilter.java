package io.callweave.ringcentral;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which telephony session events a subscription delivers: those of an account or of one extension, with the parameters of
 * RingCentral's pages "Account Telephony Sessions Event" and "Extension Telephony Sessions Event".
 *
 * @param account its id, or {@code ~} for the user's own
 * @param extension its id, or {@code ~}; empty for all extensions of the account
 * @param parameters in the order in which they were given
 */
public record TelephonyFilter(String account, String extension, Map<String, String> parameters) {

    /** All events of the user's account. */
    public static final TelephonyFilter OF_ACCOUNT = new TelephonyFilter("~", "", Map.of());

    private static final Pattern TEXT = Pattern.compile(
            "(?:/restapi/v1\\.0)?/account/(~|\\d{1,20})(?:/extension/(~|\\d{1,20}))?/telephony/sessions(?:\\?(.*))?");

    private static final Map<String, Pattern> PARAMETERS = Map.of(
            "direction", Pattern.compile("Inbound|Outbound"),
            "missedCall", Pattern.compile("true|false"),
            "phoneNumber", Pattern.compile("(\\+|%2B)?[0-9]{1,20}"),
            "sipData", Pattern.compile("true|false"),
            "statusCode",
                    Pattern.compile("Setup|Proceeding|Answered|Disconnected|Gone|Parked|Hold|VoiceMail|FaxReceive"
                            + "|VoiceMailScreening"),
            "withRecordings", Pattern.compile("true|false"));

    /** It adds to events; all others leave events out. */
    private static final String ADDS = "sipData";

    public TelephonyFilter {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Several, with commas between them.
     *
     * @throws IllegalArgumentException one sentence about the first that is wrong
     */
    public static List<TelephonyFilter> parseAll(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(one -> !one.isEmpty())
                .map(TelephonyFilter::parse)
                .toList();
    }

    /**
     * One.
     *
     * @throws IllegalArgumentException one sentence
     */
    public static TelephonyFilter parse(String text) {
        Matcher parts = TEXT.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("The event filter \"" + text
                    + "\" must be like /restapi/v1.0/account/~/telephony/sessions"
                    + " or /restapi/v1.0/account/~/extension/1234/telephony/sessions.");
        }
        return new TelephonyFilter(
                parts.group(1),
                parts.group(2) == null ? "" : parts.group(2),
                parameters(parts.group(3) == null ? "" : parts.group(3)));
    }

    public boolean isOfAccount() {
        return extension.isEmpty();
    }

    /** The parameters that leave events out, so that calls are not complete. */
    public Set<String> narrowing() {
        Set<String> names = new TreeSet<>(parameters.keySet());
        names.remove(ADDS);
        return names;
    }

    /** Whether RingCentral's text of a filter means this one; RingCentral writes ids in place of {@code ~}. */
    public boolean isMeantBy(String text) {
        TelephonyFilter other;
        try {
            other = parse(text);
        } catch (IllegalArgumentException anotherEvent) {
            return false;
        }
        return isSame(account, other.account)
                && extension.isEmpty() == other.extension.isEmpty()
                && isSame(extension, other.extension)
                && parameters.equals(other.parameters);
    }

    /** Whether it delivers whatever the other one delivers. */
    public boolean covers(TelephonyFilter other) {
        return isSame(account, other.account)
                && (isOfAccount() || (!other.isOfAccount() && isSame(extension, other.extension)))
                && (narrowing().isEmpty() || narrowed().equals(other.narrowed()));
    }

    private Map<String, String> narrowed() {
        Map<String, String> kept = new LinkedHashMap<>(parameters);
        kept.remove(ADDS);
        return kept;
    }

    /** As RingCentral takes it. */
    @Override
    public String toString() {
        List<String> pairs = new ArrayList<>();
        parameters.forEach((name, value) -> pairs.add(name + "=" + value.replace("+", "%2B")));
        return "/restapi/v1.0/account/" + account + (extension.isEmpty() ? "" : "/extension/" + extension)
                + "/telephony/sessions" + (pairs.isEmpty() ? "" : "?" + String.join("&", pairs));
    }

    private static boolean isSame(String own, String other) {
        return own.equals(other) || own.equals("~") || other.equals("~");
    }

    private static Map<String, String> parameters(String query) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : query.split("&", -1)) {
            if (pair.isEmpty()) {
                continue;
            }
            String[] parts = pair.split("=", 2);
            Pattern values = PARAMETERS.get(parts[0]);
            if (values == null) {
                throw new IllegalArgumentException("Event filters have no parameter \"" + parts[0] + "\"; there are "
                        + String.join(", ", new TreeSet<>(PARAMETERS.keySet())) + ".");
            }
            if (parts.length < 2 || !values.matcher(parts[1]).matches()) {
                throw new IllegalArgumentException("The parameter " + parts[0] + " of an event filter must be "
                        + (parts[0].equals("phoneNumber")
                                ? "a number"
                                : values.pattern().replace("|", " or ")) + ".");
            }
            parameters.put(parts[0], parts[1].replace("%2B", "+"));
        }
        return parameters;
    }
}
