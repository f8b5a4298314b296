package io.callweave.call.calllog;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * A recording of a call, and where RingCentral has its sound.
 *
 * @param accountId the account that sees the call
 */
public record RecordingRef(String accountId, String id) {

    /** As in {@code contentUri} of RingCentral's Call Log. */
    private static final String CONTENT = "https://media.ringcentral.com/restapi/v1.0/account/%s/recording/%s/content";

    /** Ids of RingCentral's are digits. Another one comes from who sends a notification, and must lead nowhere else. */
    public String contentUri() {
        return CONTENT.formatted(accountId, URLEncoder.encode(id, StandardCharsets.UTF_8));
    }
}
