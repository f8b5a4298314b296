/**
 * Recorded notifications once more: out of files or a topic, to wherever notifications go, so that an interrupted replay can go
 * on where it was. Nothing is null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.callweave.replay;

import org.jspecify.annotations.NullMarked;
