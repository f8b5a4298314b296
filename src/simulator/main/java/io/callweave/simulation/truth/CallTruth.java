package io.callweave.simulation.truth;

import java.time.Instant;

/**
 * The truth about a call, in the view of one account, from its script.
 *
 * @param startTime of the call
 * @param json one line: fields of a call record with their final values if everything that was sent arrives, and
 *     {@code dropped}, the lost sequences of each session
 */
public record CallTruth(String accountId, String callId, Instant startTime, String json) {}
