/** Describes each field of a value once, and writes it as JSON. */
@NullMarked
package io.callweave.value;

import org.jspecify.annotations.NullMarked;
