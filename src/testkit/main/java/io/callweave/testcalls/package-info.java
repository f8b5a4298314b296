/**
 * What tests need in addition to the language of phone calls: random calls, and the expected results. Nothing is null
 * unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.callweave.testcalls;

import org.jspecify.annotations.NullMarked;
