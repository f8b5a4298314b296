/** The Kafka options of the topology, and which are fixed. */
@NullMarked
package io.callweave.runtime.options;

import org.jspecify.annotations.NullMarked;
