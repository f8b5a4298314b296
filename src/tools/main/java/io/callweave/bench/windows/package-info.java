/** What window-metrics cost per call, without Kafka. */
@NullMarked
package io.callweave.bench.windows;

import org.jspecify.annotations.NullMarked;
