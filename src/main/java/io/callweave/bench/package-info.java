/** Benchmarks: what the product costs, beside a baseline where there is one, in one run on one machine. */
@NullMarked
package io.callweave.bench;

import org.jspecify.annotations.NullMarked;
