/** The order of party events, and when a gap is given up. */
@NullMarked
package io.callweave.topology.ordering;

import org.jspecify.annotations.NullMarked;
