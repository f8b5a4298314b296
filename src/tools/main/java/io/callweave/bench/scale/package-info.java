/** {@code bench scale}: what rate, CPU time, memory and disk are for more of everything. */
@NullMarked
package io.callweave.bench.scale;

import org.jspecify.annotations.NullMarked;
