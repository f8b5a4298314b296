/** {@code bench topology}: five subjects on the same input. */
@NullMarked
package io.callweave.bench.throughput;

import org.jspecify.annotations.NullMarked;
