/** The clock of all decisions, and what is due. */
@NullMarked
package io.callweave.topology.time;

import org.jspecify.annotations.NullMarked;
