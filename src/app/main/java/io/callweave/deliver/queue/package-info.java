/** The Kafka Streams application: the queue of each endpoint, and what is due. */
@NullMarked
package io.callweave.deliver.queue;

import org.jspecify.annotations.NullMarked;
