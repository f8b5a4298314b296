package io.callweave.call.event;

import org.jspecify.annotations.Nullable;

/** One end of a call leg, as the notification's {@code from} or {@code to} gave it; null is "not sent". */
public record Address(
        @Nullable String phoneNumber,
        @Nullable String name,
        @Nullable String extensionId,
        @Nullable String extensionNumber) {}
