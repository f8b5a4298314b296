/** What a benchmark measures: rates, CPU times, their spread, and the machine. */
@NullMarked
package io.callweave.bench.figures;

import org.jspecify.annotations.NullMarked;
