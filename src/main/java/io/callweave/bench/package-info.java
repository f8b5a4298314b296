/** Benchmarks: what the product costs, beside a baseline if there is one. */
@NullMarked
package io.callweave.bench;

import org.jspecify.annotations.NullMarked;
