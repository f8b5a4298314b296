/** Benchmarks: what the product costs, on this machine. */
@NullMarked
package io.callweave.bench;

import org.jspecify.annotations.NullMarked;
