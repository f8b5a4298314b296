/** Recorded notifications, sent again with resumption. Nothing is null unless it is marked {@code @Nullable}. */
@NullMarked
package io.callweave.replay;

import org.jspecify.annotations.NullMarked;
