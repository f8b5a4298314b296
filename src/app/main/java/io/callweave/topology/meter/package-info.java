/** The metrics of the topology. */
@NullMarked
package io.callweave.topology.meter;

import org.jspecify.annotations.NullMarked;
