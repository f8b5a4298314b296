/**
 * Recorded notifications, sent again from files or a topic, with resumption. Nothing is null unless it is marked {@code
 * @Nullable}.
 */
@NullMarked
package io.callweave.replay;

import org.jspecify.annotations.NullMarked;
