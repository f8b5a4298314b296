/** Checks whether the topology can run on a cluster and on this machine. */
@NullMarked
package io.callweave.operations.startup;

import org.jspecify.annotations.NullMarked;
