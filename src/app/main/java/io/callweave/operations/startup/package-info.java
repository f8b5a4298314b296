/** Checks before the topology starts. */
@NullMarked
package io.callweave.operations.startup;

import org.jspecify.annotations.NullMarked;
