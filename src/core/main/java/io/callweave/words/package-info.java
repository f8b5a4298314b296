/**
 * A call in words, told once for all places: who called whom, what happened, step by step, and in lanes. Pure functions of a
 * record or a live call, and of the directory. Nothing is null unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.callweave.words;

import org.jspecify.annotations.NullMarked;
