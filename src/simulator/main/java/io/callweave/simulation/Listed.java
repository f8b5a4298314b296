package io.callweave.simulation;

import io.callweave.simulation.platform.Extension;
import org.jspecify.annotations.Nullable;

/**
 * An extension as its company would list it.
 *
 * @param type {@code user}, {@code queue} or {@code ivr}
 * @param department of a user; null for all others
 */
public record Listed(
        Extension extension, String type, @Nullable String department) {}
