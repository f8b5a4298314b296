/** The clock of all decisions: receipt times, progress of partitions, and what is due. */
@NullMarked
package io.callweave.topology.time;

import org.jspecify.annotations.NullMarked;
