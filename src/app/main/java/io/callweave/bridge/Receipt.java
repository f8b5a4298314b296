package io.callweave.bridge;

/**
 * How one notification came.
 *
 * @param transport such as {@code webhook} or {@code file}
 * @param receivedAt in milliseconds since the epoch
 * @param source where it came from, in words that find it again, such as {@code kinds.ndjson:17}
 */
public record Receipt(String transport, long receivedAt, String source) {}
