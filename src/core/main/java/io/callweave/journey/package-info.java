/**
 * A call record in words: names and steps of the call. Pure functions of a record and of the directory. Nothing is
 * null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.callweave.journey;

import org.jspecify.annotations.NullMarked;
