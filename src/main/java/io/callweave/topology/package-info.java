/** The Kafka Streams topology: a router, and a stage that does everything for an account. */
@NullMarked
package io.callweave.topology;

import org.jspecify.annotations.NullMarked;
