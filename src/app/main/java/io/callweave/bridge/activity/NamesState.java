package io.callweave.bridge.activity;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the names of an account's extensions are read from RingCentral.
 *
 * @param readAt when they were read last; null if they never were
 * @param extensions how many RingCentral listed then
 * @param problem one sentence for the operator; null if there is none
 */
public record NamesState(
        @Nullable Instant readAt, int extensions, @Nullable String problem) {

    /** Nothing is known yet. */
    public static final NamesState NONE = new NamesState(null, 0, null);

    /** The same names with a problem. */
    public NamesState with(String newProblem) {
        return new NamesState(readAt, extensions, newProblem);
    }
}
