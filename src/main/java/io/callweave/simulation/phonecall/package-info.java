/** The language that describes a phone call: how it begins, and what happens in it. */
@NullMarked
package io.callweave.simulation.phonecall;

import org.jspecify.annotations.NullMarked;
