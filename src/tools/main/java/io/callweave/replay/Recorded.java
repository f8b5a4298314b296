package io.callweave.replay;

import java.time.Instant;

/**
 * A notification out of a recording.
 *
 * @param value the bytes as they were recorded; not a copy
 * @param time when it was received, or sent
 * @param part of the recording that it is in: of a topic the partition
 * @param next where in this part to go on after it
 */
record Recorded(byte[] value, Instant time, String part, long next) {}
