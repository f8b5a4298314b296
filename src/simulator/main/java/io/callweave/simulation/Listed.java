package io.callweave.simulation;

import io.callweave.simulation.platform.Extension;
import org.jspecify.annotations.Nullable;

/**
 * An extension as its company would list it.
 *
 * @param name of a person, a queue or a menu; notifications call people "Agent 1019"
 * @param type {@code user}, {@code queue} or {@code ivr}
 * @param site where it is
 * @param department of a user; null for all others
 */
public record Listed(
        Extension extension,
        String name,
        String type,
        String site,
        @Nullable String department) {}
