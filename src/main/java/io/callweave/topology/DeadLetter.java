package io.callweave.topology;

/**
 * Bytes that cannot be used, as they came. Why is in the record's headers.
 *
 * @param value the original bytes
 */
record DeadLetter(byte[] value) implements Stage1Output, Stage2Output {

    @Override
    public long lastReceivedAt() {
        return 0;
    }
}
