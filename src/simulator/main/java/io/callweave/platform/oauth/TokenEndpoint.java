package io.callweave.platform.oauth;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.platform.rest.PlatformReply;
import io.callweave.platform.rest.PlatformRequest;
import io.callweave.platform.rest.UsageGroup;
import io.callweave.platform.rest.UsageLimits;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** {@code POST /restapi/oauth/token} and {@code /restapi/oauth/revoke}. */
public final class TokenEndpoint {

    public static final String PATH = "/restapi/oauth/token";
    public static final String REVOKE = "/restapi/oauth/revoke";

    private static final String JWT = "urn:ietf:params:oauth:grant-type:jwt-bearer";
    private static final String BASIC = "basic ";

    private final List<PlatformCredentials> accounts;
    private final GrantedTokens tokens;
    private final UsageLimits limits;

    public TokenEndpoint(List<PlatformCredentials> accounts, GrantedTokens tokens, UsageLimits limits) {
        this.accounts = List.copyOf(accounts);
        this.tokens = tokens;
        this.limits = limits;
    }

    /** Answers a request to one of the two paths. */
    public PlatformReply answer(PlatformRequest request) {
        try {
            PlatformCredentials client = client(request);
            Map<String, String> headers = limits.count(client.clientId(), UsageGroup.AUTH);
            Map<String, String> form = request.form();
            if (request.path().equals(REVOKE)) {
                tokens.revoke(form.getOrDefault("token", request.query().getOrDefault("token", "")));
                return PlatformReply.ok(PlatformRequest.object());
            }
            String grantType = form.getOrDefault("grant_type", "");
            ObjectNode granted = switch (grantType) {
                case JWT -> reply(tokens.signIn(owner(client, form.getOrDefault("assertion", ""))));
                case "refresh_token" ->
                    reply(tokens.refresh(client.clientId(), form.getOrDefault("refresh_token", "")));
                default -> throw OAuthError.grantType(grantType);
            };
            return PlatformReply.ok(granted).with(headers);
        } catch (OAuthError error) {
            return error.reply();
        }
    }

    private PlatformCredentials client(PlatformRequest request) {
        String header = request.header("Authorization");
        if (header == null || !header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw OAuthError.noClient();
        }
        String[] pair = decoded(header.substring(BASIC.length()).strip()).split(":", 2);
        PlatformCredentials client = accounts.stream()
                .filter(account -> account.clientId().equals(pair[0]))
                .findFirst()
                .orElseThrow(() -> OAuthError.unknownClient(pair[0]));
        if (pair.length < 2 || !client.clientSecret().equals(pair[1])) {
            throw OAuthError.wrongSecret();
        }
        return client;
    }

    private static String decoded(String text) {
        try {
            return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw OAuthError.noClient();
        }
    }

    /** A JWT belongs to a user of one account, and here only to the application of that account. */
    private static PlatformCredentials owner(PlatformCredentials client, String assertion) {
        if (!client.jwt().equals(assertion)) {
            throw OAuthError.wrongAssertion();
        }
        return client;
    }

    private ObjectNode reply(Grant grant) {
        return PlatformRequest.object()
                .put("access_token", grant.accessToken())
                .put("token_type", "bearer")
                .put("expires_in", tokens.secondsLeft(grant.accessExpires()))
                .put("refresh_token", grant.refreshToken())
                .put("refresh_token_expires_in", tokens.secondsLeft(grant.refreshExpires()))
                .put("scope", String.join(" ", new TreeSet<>(grant.account().permissions())))
                .put("owner_id", grant.account().extensionId())
                .put("endpoint_id", grant.caller().oauthSession());
    }
}
