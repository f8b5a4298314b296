/** The benchmark {@code bench topology}: four subjects on the same input, in one JVM. */
@NullMarked
package io.callweave.bench.throughput;

import org.jspecify.annotations.NullMarked;
