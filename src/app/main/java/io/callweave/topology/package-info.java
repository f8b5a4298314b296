/** The Kafka Streams topology: a router, and a stage per account. */
@NullMarked
package io.callweave.topology;

import org.jspecify.annotations.NullMarked;
