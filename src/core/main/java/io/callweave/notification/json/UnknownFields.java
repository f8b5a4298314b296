package io.callweave.notification.json;

/** Hears of fields of a party that RingCentral was never seen to send. */
@FunctionalInterface
public interface UnknownFields {

    UnknownFields IGNORED = (name, value) -> {};

    /**
     * There is one; its value is ignored.
     *
     * @param name as in the party, such as {@code status.novel}
     */
    void field(String name, JsonValue value);
}
