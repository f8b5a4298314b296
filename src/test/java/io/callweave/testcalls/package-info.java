/**
 * What tests need beside the language of phone calls: calls at random, and what is expected of them. Nothing is null
 * unless it is marked {@code @Nullable}.
 */
@NullMarked
package io.callweave.testcalls;

import org.jspecify.annotations.NullMarked;
