/** What a simulated call really was, without looking at what the product makes of it. */
@NullMarked
package io.callweave.simulation.truth;

import org.jspecify.annotations.NullMarked;
