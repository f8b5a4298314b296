/** Checks before the topology starts. */
@NullMarked
package io.callweave.runtime.startup;

import org.jspecify.annotations.NullMarked;
