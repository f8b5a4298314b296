/** Rates, CPU times and their spread. */
@NullMarked
package io.callweave.bench.figures;

import org.jspecify.annotations.NullMarked;
