/** Rates and CPU times of subjects that get the same input. */
@NullMarked
package io.callweave.bench.throughput;

import org.jspecify.annotations.NullMarked;
