package io.callweave.platform.subscription;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.platform.oauth.PlatformCredentials;
import io.callweave.platform.rest.Caller;
import io.callweave.platform.rest.PlatformError;
import io.callweave.platform.rest.PlatformRequest;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a subscription asks for, with the parameters of RingCentral's account-telephony-sessions.md. Filters of other events
 * are accepted; only those of the directory, of voicemail and of AI insights match something.
 *
 * @param uri with ids in place of {@code ~}, as RingCentral returns it
 * @param extensionId null for all parties of the account
 */
public record EventFilter(
        String uri, boolean telephony, @Nullable String extensionId, Map<String, String> parameters) {

    private static final Pattern SESSIONS =
            Pattern.compile("/restapi/v1\\.0/account/([^/]+)(?:/extension/([^/]+))?/telephony/sessions");

    private static final Pattern DIRECTORY = Pattern.compile("/restapi/v1\\.0/account/[^/?]+/directory/entries");

    private static final Pattern VOICEMAIL =
            Pattern.compile("/restapi/v1\\.0/account/[^/?]+/extension/[^/?]+/voicemail");

    private static final Pattern INSIGHTS =
            Pattern.compile("/ai/ringsense/v1/public/accounts/[^/?]+/domains/[a-z-]+/insights");

    private static final Pattern ACCOUNT = Pattern.compile("/restapi/v1\\.0/account/([^/?]+).*");

    private static final List<String> KNOWN = List.of(
            "/restapi/v1.0/account/",
            "/restapi/v1.0/subscription/",
            "/restapi/v1.0/glip/",
            "/team-messaging/v1/",
            "/ai/");

    /**
     * Reads a filter.
     *
     * @throws PlatformError if there is no such event, or not for this user
     */
    public static EventFilter parse(String text, Caller caller) {
        if (KNOWN.stream().noneMatch(text::startsWith)) {
            throw new PlatformError(400, "SUB-508", "Invalid event filters: [" + text + "]");
        }
        Matcher account = ACCOUNT.matcher(text);
        if (account.matches()
                && !account.group(1).equals("~")
                && !account.group(1).equals(caller.accountId())) {
            throw new PlatformError(403, "SUB-406", "Not allowed subscribe for events to extensions of other account");
        }
        String[] parts = text.split("\\?", 2);
        String path = parts[0].replace("/account/~", "/account/" + caller.accountId())
                .replace("/accounts/~", "/accounts/" + caller.accountId())
                .replace("/extension/~", "/extension/" + caller.extensionId());
        String uri = parts.length == 1 ? path : path + "?" + parts[1];
        Matcher sessions = SESSIONS.matcher(path);
        boolean telephony = sessions.matches();
        return new EventFilter(
                uri,
                telephony,
                telephony ? sessions.group(2) : null,
                PlatformRequest.pairs(parts.length == 1 ? null : parts[1]));
    }

    /** Whether it asks for a party in this state. */
    boolean matches(JsonNode party) {
        return telephony
                && (extensionId == null
                        || extensionId.equals(party.path("extensionId").asText()))
                && equal("direction", party.path("direction"))
                && equal("statusCode", party.path("status").path("code"))
                && (!isTrue("missedCall") || party.path("missedCall").asBoolean())
                && (!isTrue("withRecordings") || !party.path("recordings").isEmpty())
                && isOfNumber(party);
    }

    /** Whether it asks for changes of the company directory. */
    boolean isOfDirectory() {
        return DIRECTORY.matcher(uri).matches();
    }

    /** The permission of the app that it needs beside that for calls; null for none. */
    @Nullable
    String permission() {
        if (isOfDirectory()) {
            return PlatformCredentials.READ_ACCOUNTS;
        }
        if (VOICEMAIL.matcher(uri).matches()) {
            return PlatformCredentials.READ_MESSAGES;
        }
        return INSIGHTS.matcher(uri).matches() ? PlatformCredentials.RING_SENSE : null;
    }

    /** Whether it asks for this event, which is none of calls. */
    boolean isOf(String event) {
        return !telephony && uri.equals(event);
    }

    boolean asksForSipData() {
        return isTrue("sipData");
    }

    private boolean equal(String parameter, JsonNode value) {
        String wanted = parameters.get(parameter);
        return wanted == null || wanted.equalsIgnoreCase(value.asText());
    }

    private boolean isTrue(String parameter) {
        return Boolean.parseBoolean(parameters.get(parameter));
    }

    private boolean isOfNumber(JsonNode party) {
        String wanted = parameters.get("phoneNumber");
        return wanted == null
                || wanted.equals(party.at("/from/phoneNumber").asText())
                || wanted.equals(party.at("/to/phoneNumber").asText());
    }
}
