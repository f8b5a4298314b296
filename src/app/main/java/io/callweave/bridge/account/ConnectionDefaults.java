package io.callweave.bridge.account;

import io.callweave.call.fact.FactKind;
import io.callweave.ringcentral.TelephonyFilter;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What connects accounts that do not say it themselves. One app can serve many accounts; a JWT belongs to one.
 *
 * @param clientId of the app; empty for none
 * @param clientSecret of the app; empty for none
 * @param names whether names of extensions are read from the company directory
 * @param artifacts what is to come after calls
 * @param jwts by account; the one of {@link #ANY_ACCOUNT} is of the only account that there is
 */
public record ConnectionDefaults(
        String clientId,
        String clientSecret,
        Map<String, String> jwts,
        List<TelephonyFilter> filters,
        Connection.Way way,
        boolean names,
        Set<FactKind> artifacts) {

    /** Nothing is connected. */
    public static final ConnectionDefaults NONE = new ConnectionDefaults(
            "", "", Map.of(), List.of(TelephonyFilter.OF_ACCOUNT), Connection.Way.WEBHOOK, false, Set.of());

    static final String ANY_ACCOUNT = "";

    private static final Pattern OF_ONE = Pattern.compile("[^=,]+");

    public ConnectionDefaults {
        jwts = Map.copyOf(jwts);
        filters = List.copyOf(filters);
        artifacts = Set.copyOf(artifacts);
    }

    /**
     * The JWTs of a setting: one, or {@code id=jwt} for each account, with commas between them.
     *
     * @throws AccountsException if it is neither; it shows nothing of them
     */
    public static Map<String, String> jwts(String text) {
        if (text.isEmpty() || OF_ONE.matcher(text).matches()) {
            return text.isEmpty() ? Map.of() : Map.of(ANY_ACCOUNT, text);
        }
        Map<String, String> jwts = new HashMap<>();
        Arrays.stream(text.split(",", -1))
                .map(pair -> pair.strip().split("=", 2))
                .forEach(parts -> {
                    if (parts.length < 2
                            || parts[0].isBlank()
                            || jwts.put(parts[0].strip(), parts[1].strip()) != null) {
                        throw new AccountsException(
                                "ringcentral.jwt must be one JWT, or a comma-separated list of id=jwt with each account once.");
                    }
                });
        return jwts;
    }

    /** Null if there is none for the account. */
    @Nullable
    String jwt(String account) {
        return jwts.getOrDefault(account, jwts.get(ANY_ACCOUNT));
    }

    /** Whether the one JWT would be of several accounts. */
    boolean isAmbiguous(int accounts) {
        return accounts > 1 && jwts.containsKey(ANY_ACCOUNT);
    }

    /** Shows no secrets. */
    @Override
    public String toString() {
        return "ConnectionDefaults[" + clientId + ", " + way + "]";
    }
}
