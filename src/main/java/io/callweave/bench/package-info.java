/** Benchmarks: what the product costs beside a baseline that does nothing, in one run on one machine. */
@NullMarked
package io.callweave.bench;

import org.jspecify.annotations.NullMarked;
