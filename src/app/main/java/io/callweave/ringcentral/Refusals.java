package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.ringcentral.RingCentralException.Trouble;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer of RingCentral means that is no success. The codes are those of RingCentral's page "API Error Codes" and of
 * its API reference.
 */
final class Refusals {

    static final String CHECK_APP = "Check the client id and the client secret, and that ringcentral.server is right:"
            + " an app of the sandbox does not work in production.";

    /** RingCentral's advice where it sends no Retry-After. */
    private static final Duration DEFAULT_PENALTY = Duration.ofSeconds(30);

    private static final Duration LONGEST_PENALTY = Duration.ofHours(1);
    private static final Pattern CODE = Pattern.compile("[A-Z]{3}-\\d{1,4}|[A-Za-z_]{3,40}");
    private static final Pattern PERMISSION = Pattern.compile("\\[([A-Za-z]{3,60})\\]");
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int REQUEST_TIMEOUT = 408;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERRORS = 500;

    private static final Map<String, String> SENTENCES = Map.of(
            "SUB-505", "The user has as many subscriptions as RingCentral allows; delete strays first",
            "SUB-508", "RingCentral does not know one of the event filters; check ringcentral.filters",
            "SUB-516", "RingCentral refuses the parameters of the reminder",
            "CMN-402", "RingCentral wants an administrator: create the JWT as a user who may see the whole account");

    private static final Map<String, String> ADDRESS_SENTENCES = Map.of(
            "SUB-520", "RingCentral reached the address, but the answer did not repeat the header Validation-Token",
            "SUB-521",
                    "RingCentral cannot reach the address of the webhook: it must be public, with a valid certificate",
            "SUB-523", "RingCentral wants an address that begins with https",
            "SUB-525",
                    "RingCentral reached the address, but the answer is wrong: it must have status 200, the type"
                            + " application/json and at most 1,024 bytes");

    private Refusals() {}

    /**
     * A text that is kept for longer than its answer; empty if there is none.
     *
     * @throws RingCentralException if it has more than so many characters
     */
    static String kept(JsonNode text, int most) {
        String kept = text.asText("");
        if (kept.length() > most) {
            throw unreadable("The server");
        }
        return kept;
    }

    /** Of a request to sign in. */
    static RingCentralException ofSignIn(int status, JsonNode error, Optional<String> retryAfter) {
        String code = code(error);
        return switch (status == TOO_MANY || status >= SERVER_ERRORS || status == REQUEST_TIMEOUT ? "" : code) {
            case "" -> passing(status, retryAfter).orElseGet(() -> signInRefused(status, code));
            case "invalid_client", "OAU-120", "OAU-121", "OAU-123", "OAU-134", "OAU-146", "OAU-153" ->
                new RingCentralException(
                        Trouble.CREDENTIALS, "RingCentral does not know this app (" + code + "). " + CHECK_APP);
            case "unauthorized_client", "OAU-112", "OAU-125", "OAU-251" ->
                new RingCentralException(
                        Trouble.CREDENTIALS,
                        "The app may not sign in with a JWT (" + code
                                + "). In the developer console, give it the JWT auth flow.");
            case "invalid_grant", "OAU-140", "OAU-213", "OAU-232", "OAU-236", "OAU-347" ->
                new RingCentralException(
                        Trouble.CREDENTIALS,
                        "RingCentral refuses the JWT (" + code
                                + "): it is expired, revoked, or made for other apps. Create a new one in the developer"
                                + " console.");
            default -> signInRefused(status, code);
        };
    }

    /** Of any other request. */
    static RingCentralException of(int status, JsonNode error, Optional<String> retryAfter) {
        Optional<RingCentralException> passing = passing(status, retryAfter);
        if (passing.isPresent()) {
            return passing.get();
        }
        String code = code(error);
        if (status == UNAUTHORIZED) {
            return new RingCentralException(
                    Trouble.CREDENTIALS, "RingCentral does not accept the sign-in any longer" + inBrackets(code) + ".");
        }
        String address = ADDRESS_SENTENCES.get(code);
        if (address != null) {
            return new RingCentralException(Trouble.ADDRESS, address + inBrackets(code) + ".");
        }
        String sentence = SENTENCES.get(code);
        if (status == FORBIDDEN) {
            return new RingCentralException(
                    Trouble.PERMISSION, sentence == null ? permission(error, code) : sentence + inBrackets(code) + ".");
        }
        if (status == NOT_FOUND) {
            return new RingCentralException(
                    Trouble.GONE, "RingCentral has no such subscription" + inBrackets(code) + ".");
        }
        return new RingCentralException(
                Trouble.REQUEST,
                sentence == null
                        ? "RingCentral refuses the request with status " + status + inBrackets(code) + parameter(error)
                                + "."
                        : sentence + inBrackets(code) + ".");
    }

    /** An answer that has no errors to read, such as a page. */
    static RingCentralException unreadable(String host) {
        return new RingCentralException(
                Trouble.REQUEST,
                host + " did not answer as RingCentral does: check ringcentral.server, and a proxy if there is one.");
    }

    static RingCentralException tooMany(Duration penalty) {
        return new RingCentralException(
                Trouble.RATE,
                "RingCentral gets too many requests of this app and wants none for " + penalty.toSeconds() + " s.",
                penalty,
                null);
    }

    private static Optional<RingCentralException> passing(int status, Optional<String> retryAfter) {
        if (status == TOO_MANY) {
            return Optional.of(tooMany(seconds(retryAfter).orElse(DEFAULT_PENALTY)));
        }
        if (status >= SERVER_ERRORS || status == REQUEST_TIMEOUT) {
            return Optional.of(new RingCentralException(
                    Trouble.UNAVAILABLE,
                    "RingCentral fails with status " + status + ".",
                    seconds(retryAfter).orElse(null),
                    null));
        }
        return Optional.empty();
    }

    private static RingCentralException signInRefused(int status, String code) {
        return new RingCentralException(
                status == FORBIDDEN || status == UNAUTHORIZED || status == BAD_REQUEST
                        ? Trouble.CREDENTIALS
                        : Trouble.REQUEST,
                "RingCentral refuses the sign-in with status " + status + inBrackets(code) + ". " + CHECK_APP);
    }

    /** Such as "[SubscriptionWebhook] application permission is required"; only the name is taken over. */
    private static String permission(JsonNode error, String code) {
        Matcher name = PERMISSION.matcher(messages(error));
        return name.find()
                ? "The permission " + name.group(1) + " is missing" + inBrackets(code)
                        + ": add it to the app in the developer console, and to the role of the user."
                : "RingCentral forbids it" + inBrackets(code)
                        + ": a permission of the app, or one of the user, is missing.";
    }

    private static String parameter(JsonNode error) {
        String name = error.path("parameterName")
                .asText(error.path("errors").path(0).path("parameterName").asText(""));
        return name.matches("[A-Za-z.]{1,60}") ? ", because of " + name : "";
    }

    private static String messages(JsonNode error) {
        StringBuilder all = new StringBuilder(error.path("message").asText(""));
        error.path("errors")
                .forEach(each -> all.append(' ').append(each.path("message").asText("")));
        return all.toString();
    }

    private static String code(JsonNode error) {
        for (JsonNode candidate : new JsonNode[] {
            error.path("errors").path(0).path("errorCode"), error.path("errorCode"), error.path("error")
        }) {
            if (candidate.isTextual() && CODE.matcher(candidate.asText()).matches()) {
                return candidate.asText();
            }
        }
        return "";
    }

    private static String inBrackets(String code) {
        return code.isEmpty() ? "" : " (" + code + ")";
    }

    private static Optional<Duration> seconds(Optional<String> retryAfter) {
        return retryAfter
                .filter(text -> text.strip().matches("\\d{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text.strip())))
                .map(wait -> wait.compareTo(LONGEST_PENALTY) > 0 ? LONGEST_PENALTY : wait);
    }
}
