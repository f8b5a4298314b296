package io.callweave.bridge;

/**
 * How much is kept on this machine, and not yet in Kafka.
 *
 * @param depth records on disk
 * @param bytes that they take there
 * @param oldestAgeMs how long ago the oldest was taken, 0 if there is none
 * @param room whether there is a place for one more record, of usual size and as large as the last one refused
 * @param failed whether it has failed permanently, so that only a restart helps
 */
public record SinkStatus(long depth, long bytes, long oldestAgeMs, boolean room, boolean failed) {}
