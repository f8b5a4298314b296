package io.callweave.platform.rest;

import java.util.Set;

/**
 * Who signed in.
 *
 * @param extensionId the user's extension
 * @param oauthSession stays the same when the access token is refreshed
 * @param permissions those of the application
 */
public record Caller(
        String accountId, String extensionId, String clientId, String oauthSession, Set<String> permissions) {}
