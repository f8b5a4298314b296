/** Callweave in one process: an embedded Kafka broker, and runs over files. */
@NullMarked
package io.callweave.local;

import org.jspecify.annotations.NullMarked;
