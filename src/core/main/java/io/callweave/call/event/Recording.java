package io.callweave.call.event;

import org.jspecify.annotations.Nullable;

/** A recording of a party; {@code active} is false while it is paused, null if the notification does not say. */
public record Recording(@Nullable String id, @Nullable Boolean active) {}
