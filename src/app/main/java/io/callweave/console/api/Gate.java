package io.callweave.console.api;

import io.callweave.access.AccessTokens;
import io.callweave.access.AccountScope;
import io.callweave.runtime.http.ApiAnswers;
import io.javalin.http.Context;
import io.javalin.http.Header;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Who may come in, and the headers that keep a browser from doing what it should not. */
final class Gate {

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private static final Pattern PORT = Pattern.compile(":\\d+$");

    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'self'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:;"
                    + " frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            "X-Content-Type-Options",
            "nosniff",
            "X-Frame-Options",
            "DENY",
            "Referrer-Policy",
            "no-referrer",
            "Cross-Origin-Opener-Policy",
            "same-origin",
            "Cross-Origin-Resource-Policy",
            "same-origin",
            "Permissions-Policy",
            "camera=(), microphone=(), geolocation=()",
            "Cache-Control",
            "no-store");

    private final AccessTokens tokens;

    /** @param tokens if there are none, everyone on this machine may see all */
    Gate(AccessTokens tokens) {
        this.tokens = tokens;
    }

    /** Of every answer. A page of another site that got its own name to point here would have that name as its host. */
    void check(Context context) {
        HEADERS.forEach(context::header);
        if (tokens.isEmpty() && !isThisMachine(context.header(Header.HOST))) {
            throw ApiException.forbidden("Without access tokens, the console answers only to localhost.");
        }
    }

    static boolean isThisMachine(@Nullable String host) {
        return host != null && THIS_MACHINE.contains(PORT.matcher(host).replaceFirst(""));
    }

    /** What one may see who sent a request. */
    AccountScope scope(Context context) {
        return find(context).orElseThrow(ApiException::unauthorized);
    }

    /** The same; empty for one without a token that is known. */
    Optional<AccountScope> find(Context context) {
        return find(ApiAnswers.token(context));
    }

    /** The same of one who shows this token. */
    Optional<AccountScope> find(Optional<String> token) {
        return tokens.isEmpty()
                ? Optional.of(AccountScope.OPERATOR)
                : token.flatMap(tokens::find).map(AccessTokens.Holder::scope);
    }
}
