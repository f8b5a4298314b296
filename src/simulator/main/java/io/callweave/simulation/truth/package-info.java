/** What a simulated call really was. */
@NullMarked
package io.callweave.simulation.truth;

import org.jspecify.annotations.NullMarked;
