/** Subjects that get the same input: how they are run, their rates, their CPU time, and what grows with their sizes. */
@NullMarked
package io.callweave.bench.throughput;

import org.jspecify.annotations.NullMarked;
