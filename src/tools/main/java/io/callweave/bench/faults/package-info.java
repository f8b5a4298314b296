/** A whole installation under faults, and what it promises nevertheless. Nothing is null unless it is marked {@code @Nullable}. */
@NullMarked
package io.callweave.bench.faults;

import org.jspecify.annotations.NullMarked;
