/** Events, calls and windows as a Flink job with keyed process functions. */
@NullMarked
package io.callweave.bench.competitors.flink;

import org.jspecify.annotations.NullMarked;
