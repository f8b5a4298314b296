package io.callweave.simulation.platform;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The part of a notification around its party.
 *
 * @param account that has the subscription
 * @param extension of the URI, null for the account's URI
 */
public record SimulatedEnvelope(
        String uuid,
        SimulatedAccount account,
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
