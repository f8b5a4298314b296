/** What window-metrics cost for each finished call, without Kafka. */
@NullMarked
package io.callweave.bench.windows;

import org.jspecify.annotations.NullMarked;
