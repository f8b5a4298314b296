/** How simulated notifications arrive: late, twice, or never. */
@NullMarked
package io.callweave.simulation.delivery;

import org.jspecify.annotations.NullMarked;
