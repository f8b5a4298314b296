/** Compares the calls that two ways make of the same notifications. */
@NullMarked
package io.callweave.whatif;

import org.jspecify.annotations.NullMarked;
