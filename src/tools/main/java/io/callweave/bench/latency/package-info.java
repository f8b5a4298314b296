/** How long after its append to {@code notifications} what comes of a notification can be read. */
@NullMarked
package io.callweave.bench.latency;

import org.jspecify.annotations.NullMarked;
