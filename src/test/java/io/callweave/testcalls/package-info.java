/**
 * A language for phone calls: a test says what happened in a call and gets the notifications that RingCentral's
 * platform would send for it. Nothing is null unless it is marked {@code @Nullable}.
 *
 * <p>Where no document or sample shows what the platform sends, the comment says INFER.
 */
@NullMarked
package io.callweave.testcalls;

import org.jspecify.annotations.NullMarked;
