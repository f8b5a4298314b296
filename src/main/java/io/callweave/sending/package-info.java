/**
 * Sends notifications at a given speed: as lines, to a bridge, or to a topic. Nothing is null unless it is marked
 * {@code @Nullable}.
 */
@NullMarked
package io.callweave.sending;

import org.jspecify.annotations.NullMarked;
