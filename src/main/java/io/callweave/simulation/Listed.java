package io.callweave.simulation;

import org.jspecify.annotations.Nullable;

/**
 * An extension as its company would list it.
 *
 * @param type {@code user}, {@code queue} or {@code ivr}
 * @param department where a user works; null for what is no user
 */
public record Listed(
        Extension extension, String type, @Nullable String department) {}
