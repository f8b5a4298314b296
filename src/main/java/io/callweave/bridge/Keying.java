package io.callweave.bridge;

/** Tells the key of a notification from its bytes. */
@FunctionalInterface
public interface Keying {

    /** Never throws; what cannot be keyed is an answer too. */
    Keyed key(byte[] value);
}
