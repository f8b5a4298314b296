/** The language that describes a phone call. */
@NullMarked
package io.callweave.simulation.phonecall;

import org.jspecify.annotations.NullMarked;
