package io.callweave.platform.oauth;

import io.callweave.platform.rest.Caller;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The tokens of one sign-in. Guarded by {@link GrantedTokens}. */
final class Grant {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 32;

    private final PlatformCredentials account;
    private final String session = newToken();
    private String accessToken = newToken();
    private String refreshToken = newToken();
    private Instant accessExpires;
    private Instant refreshExpires;
    private @Nullable String earlierRefreshToken;

    Grant(PlatformCredentials account, Instant accessExpires, Instant refreshExpires) {
        this.account = account;
        this.accessExpires = accessExpires;
        this.refreshExpires = refreshExpires;
    }

    static String newToken() {
        byte[] bytes = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The earlier access token ends at once; the earlier refresh token works until the new access token is used. */
    void refresh(Instant newAccessExpires, Instant newRefreshExpires) {
        earlierRefreshToken = refreshToken;
        accessToken = newToken();
        refreshToken = newToken();
        accessExpires = newAccessExpires;
        refreshExpires = newRefreshExpires;
    }

    boolean isRefreshedBy(String token) {
        return token.equals(refreshToken);
    }

    boolean wasRefreshedBy(String token) {
        return token.equals(earlierRefreshToken);
    }

    void used() {
        earlierRefreshToken = null;
    }

    void expireAccess(Instant now) {
        accessExpires = now;
    }

    PlatformCredentials account() {
        return account;
    }

    String accessToken() {
        return accessToken;
    }

    String refreshToken() {
        return refreshToken;
    }

    Instant accessExpires() {
        return accessExpires;
    }

    Instant refreshExpires() {
        return refreshExpires;
    }

    Caller caller() {
        return new Caller(
                account.accountId(), account.extensionId(), account.clientId(), session, account.permissions());
    }
}
