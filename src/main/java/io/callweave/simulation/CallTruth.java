package io.callweave.simulation;

import java.time.Instant;

/**
 * What a call really was, in the view of one account, as its scripting tells it.
 *
 * @param startTime of the call
 * @param json one line: fields of a call record with the values that it has in the end if everything sent arrives, and
 *     {@code dropped}, the sequences of each session that were lost on their way
 */
public record CallTruth(String accountId, String callId, Instant startTime, String json) {}
