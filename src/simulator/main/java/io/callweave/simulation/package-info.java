/**
 * A contact centre that makes a day of phone calls from a seed. Pure: no clock, no input, no output, and nothing of the
 * product, so that the product can be tested against it.
 */
@NullMarked
package io.callweave.simulation;

import org.jspecify.annotations.NullMarked;
