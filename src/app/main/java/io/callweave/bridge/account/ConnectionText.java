package io.callweave.bridge.account;

import io.callweave.call.fact.FactKind;
import io.callweave.ringcentral.Credentials;
import io.callweave.ringcentral.TelephonyFilter;
import io.callweave.settings.value.AllowedValues;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What an account's lines say of its connection. Messages show no secrets. */
final class ConnectionText {

    static final Set<String> MEMBERS = Set.of("client-id", "client-secret", "jwt", "filters", "transport", "artifacts");

    private final ConnectionDefaults defaults;

    ConnectionText(ConnectionDefaults defaults) {
        this.defaults = defaults;
    }

    /** Null if the account is not connected: its subscription is somebody else's. */
    @Nullable
    Connection of(String id, Properties members, List<String> tokens) {
        String clientId = members.getProperty("client-id", defaults.clientId());
        String clientSecret = members.getProperty("client-secret", defaults.clientSecret());
        String jwt = members.getProperty("jwt", defaults.jwt(id) == null ? "" : defaults.jwt(id));
        Connection.Way way = way(id, members.getProperty("transport"));
        List<TelephonyFilter> filters = filters(id, members.getProperty("filters"));
        if (jwt.isEmpty()) {
            if (MEMBERS.stream().anyMatch(members::containsKey)) {
                throw new AccountsException(
                        "The account " + id + " is to be connected, but has no account." + id + ".jwt.");
            }
            return null;
        }
        if (clientId.isEmpty() || clientSecret.isEmpty()) {
            throw new AccountsException("The account " + id + " has a JWT, but no "
                    + (clientId.isEmpty()
                            ? "client id (account." + id + ".client-id or ringcentral.client-id)."
                            : "client secret (account." + id + ".client-secret or ringcentral.client-secret)."));
        }
        try {
            return new Connection(
                    new Credentials(clientId, clientSecret, jwt),
                    filters,
                    way,
                    defaults.names(),
                    artifacts(id, members.getProperty("artifacts")),
                    tokens.isEmpty() ? null : tokens.get(tokens.size() - 1));
        } catch (IllegalArgumentException e) {
            throw new AccountsException("account." + id + ": " + e.getMessage());
        }
    }

    private Connection.Way way(String id, @Nullable String text) {
        if (text == null) {
            return defaults.way();
        }
        return Stream.of(Connection.Way.values())
                .filter(way -> way.name().equalsIgnoreCase(text))
                .findFirst()
                .orElseThrow(() -> new AccountsException(
                        "account." + id + ".transport is \"" + text + "\", but must be webhook, websocket or pubnub."));
    }

    private List<TelephonyFilter> filters(String id, @Nullable String text) {
        if (text == null) {
            return defaults.filters();
        }
        try {
            List<TelephonyFilter> filters = TelephonyFilter.parseAll(text);
            return filters.isEmpty() ? defaults.filters() : filters;
        } catch (IllegalArgumentException e) {
            throw new AccountsException("account." + id + ".filters: " + e.getMessage());
        }
    }

    private Set<FactKind> artifacts(String id, @Nullable String text) {
        if (text == null) {
            return defaults.artifacts();
        }
        AllowedValues<Set<String>> some = AllowedValues.someOf(FactKind.artifacts());
        return some.reader()
                .apply(text)
                .map(FactKind::artifacts)
                .orElseThrow(() -> new AccountsException(
                        "account." + id + ".artifacts is \"" + text + "\", but must be " + some.allowed() + "."));
    }

    static String membersInWords() {
        return Stream.of(
                        "path",
                        "tokens",
                        "privacy",
                        "rate",
                        "client-id",
                        "client-secret",
                        "jwt",
                        "filters",
                        "transport",
                        "artifacts")
                .map(member -> "." + member)
                .collect(Collectors.joining(", "));
    }
}
