/** Sends notifications at a given speed. Nothing is null unless it is marked {@code @Nullable}. */
@NullMarked
package io.callweave.sending;

import org.jspecify.annotations.NullMarked;
