package io.callweave.platform.oauth;

import io.callweave.platform.rest.Caller;
import io.callweave.platform.rest.PlatformError;
import io.callweave.platform.rest.PlatformRequest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The tokens that were given. Refresh tokens work once (refresh-tokens.md). */
public final class GrantedTokens {

    private static final String BEARER = "bearer ";

    private final Clock clock;
    private final Duration accessLife;
    private final Duration refreshLife;
    private final List<Grant> grants = new ArrayList<>();

    public GrantedTokens(Clock clock, Duration accessLife, Duration refreshLife) {
        this.clock = clock;
        this.accessLife = accessLife;
        this.refreshLife = refreshLife;
    }

    synchronized Grant signIn(PlatformCredentials account) {
        Instant now = clock.instant();
        grants.removeIf(grant -> !grant.refreshExpires().isAfter(now));
        Grant grant = new Grant(account, now.plus(accessLife), now.plus(refreshLife));
        grants.add(grant);
        return grant;
    }

    /** @throws OAuthError if the token is none of this application */
    synchronized Grant refresh(String clientId, String token) {
        Instant now = clock.instant();
        Grant grant = grants.stream()
                .filter(one -> one.account().clientId().equals(clientId)
                        && one.refreshExpires().isAfter(now)
                        && (one.isRefreshedBy(token) || one.wasRefreshedBy(token)))
                .findFirst()
                .orElseThrow(OAuthError::unknownToken);
        if (grant.isRefreshedBy(token)) {
            grant.refresh(now.plus(accessLife), now.plus(refreshLife));
        }
        return grant;
    }

    /** @throws OAuthError if nobody has this token */
    synchronized void revoke(String token) {
        boolean known =
                grants.removeIf(grant -> token.equals(grant.accessToken()) || token.equals(grant.refreshToken()));
        if (!known) {
            throw OAuthError.unknownToken();
        }
    }

    /** Who sent a request with an access token. */
    public synchronized Caller caller(PlatformRequest request) {
        String header = request.header("Authorization");
        if (header == null) {
            throw new PlatformError(401, "AGW-401", "Authorization header is not specified");
        }
        if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new PlatformError(401, "AGW-402", "Invalid Authorization header");
        }
        String token = header.substring(BEARER.length()).strip();
        Optional<Grant> found = grants.stream()
                .filter(grant -> grant.accessToken().equals(token))
                .findFirst();
        Grant grant = found.orElseThrow(() -> PlatformError.token("TokenInvalid", "OAU-213", "Token not found"));
        if (!grant.accessExpires().isAfter(clock.instant())) {
            throw PlatformError.token("TokenExpired", "OAU-128", "Access token expired");
        }
        grant.used();
        return grant.caller();
    }

    /** From now on, every access token given so far is expired. */
    public synchronized void expireAccessTokens() {
        grants.forEach(grant -> grant.expireAccess(clock.instant()));
    }

    /** From now on, no token given so far is known. */
    public synchronized void forgetAll() {
        grants.clear();
    }

    long secondsLeft(Instant until) {
        return Math.max(0, Duration.between(clock.instant(), until).toSeconds());
    }
}
