/** Benchmarks: what the product costs, beside a baseline. */
@NullMarked
package io.callweave.bench;

import org.jspecify.annotations.NullMarked;
