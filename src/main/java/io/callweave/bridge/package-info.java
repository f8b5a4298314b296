/** Intake: the one way in for every transport, from bytes to a record that is safe. */
@NullMarked
package io.callweave.bridge;

import org.jspecify.annotations.NullMarked;
