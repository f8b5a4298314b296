package io.callweave.simulation;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a notification says around its party.
 *
 * @param account to whose subscription it goes
 * @param extension whose URI it has, null for the account's URI
 */
record Envelope(
        String uuid,
        Account account,
        @Nullable Extension extension,
        String subscriptionId,
        long sequence,
        Instant eventTime,
        Instant sentAt) {

    String event() {
        String path = "/restapi/v1.0/account/" + account.id();
        return (extension == null ? path : path + "/extension/" + extension.id()) + "/telephony/sessions";
    }
}
