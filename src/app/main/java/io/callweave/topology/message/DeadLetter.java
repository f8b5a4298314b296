package io.callweave.topology.message;

/**
 * Bytes that cannot be used, as they came. Why is in the record's headers.
 *
 * @param value the original bytes
 */
public record DeadLetter(byte[] value) implements RouterOutput, StageOutput {}
