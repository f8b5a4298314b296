/** Simulated calls, sent again and again under other ids. */
@NullMarked
package io.callweave.bench.traffic;

import org.jspecify.annotations.NullMarked;
