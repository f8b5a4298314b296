package io.callweave.bridge;

/** A header of a record. */
public record RawHeader(String name, byte[] value) {}
