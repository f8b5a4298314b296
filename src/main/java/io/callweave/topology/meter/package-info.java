/** Every metric of the topology, and what counts it. */
@NullMarked
package io.callweave.topology.meter;

import org.jspecify.annotations.NullMarked;
