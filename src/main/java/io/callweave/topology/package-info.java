/** The Kafka Streams topology that hosts the core: processors, stores, serdes, topics. */
@NullMarked
package io.callweave.topology;

import org.jspecify.annotations.NullMarked;
