/** The Kafka options of the topology, and which of them are fixed. */
@NullMarked
package io.callweave.operations.options;

import org.jspecify.annotations.NullMarked;
