package io.callweave.simulation;

import org.jspecify.annotations.Nullable;

/** One end of a party's call, as {@code from} or {@code to} give it; null is not sent. */
record Contact(
        @Nullable String phoneNumber,
        @Nullable String name,
        @Nullable String extensionId,
        @Nullable String deviceId) {

    /** A caller who withholds the number. */
    static final Contact ANONYMOUS = new Contact(null, null, null, null);

    static Contact of(String phoneNumber) {
        return new Contact(phoneNumber, null, null, null);
    }

    Contact named(@Nullable String newName) {
        return new Contact(phoneNumber, newName, extensionId, deviceId);
    }

    Contact at(String newPhoneNumber) {
        return new Contact(newPhoneNumber, name, extensionId, deviceId);
    }

    Contact onDevice(@Nullable String newDeviceId) {
        return new Contact(phoneNumber, name, extensionId, newDeviceId);
    }

    /** Whether it tells nobody who is there. */
    boolean saysNothing() {
        return phoneNumber == null && name == null && extensionId == null;
    }
}
