package io.callweave.simulation.platform;

import org.jspecify.annotations.Nullable;

/** One end of a party's call, as in {@code from} or {@code to}; null if it is not sent. */
public record Contact(
        @Nullable String phoneNumber,
        @Nullable String name,
        @Nullable String extensionId,
        @Nullable String deviceId) {

    /** A caller without caller ID. */
    public static final Contact ANONYMOUS = new Contact(null, null, null, null);

    public static Contact of(String phoneNumber) {
        return new Contact(phoneNumber, null, null, null);
    }

    public Contact named(@Nullable String newName) {
        return new Contact(phoneNumber, newName, extensionId, deviceId);
    }

    public Contact at(String newPhoneNumber) {
        return new Contact(newPhoneNumber, name, extensionId, deviceId);
    }

    public Contact onDevice(@Nullable String newDeviceId) {
        return new Contact(phoneNumber, name, extensionId, newDeviceId);
    }

    /** Whether it identifies nobody. */
    public boolean saysNothing() {
        return phoneNumber == null && name == null && extensionId == null;
    }
}
