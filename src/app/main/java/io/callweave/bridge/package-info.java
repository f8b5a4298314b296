/** Intake: from received bytes to a record that is safe. */
@NullMarked
package io.callweave.bridge;

import org.jspecify.annotations.NullMarked;
