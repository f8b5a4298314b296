package io.callweave.bridge;

/**
 * How much is kept on this machine, and not yet in Kafka.
 *
 * @param depth records on disk
 * @param bytes that they take there
 * @param oldestAgeMs how long ago the oldest was taken, 0 if there is none
 * @param room whether one more record would be taken
 * @param failed whether it has failed for good, so that only a restart helps
 */
public record SafekeepingStatus(long depth, long bytes, long oldestAgeMs, boolean room, boolean failed) {}
