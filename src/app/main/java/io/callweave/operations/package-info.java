/** Runs the topology on a cluster, and shows its health. */
@NullMarked
package io.callweave.operations;

import org.jspecify.annotations.NullMarked;
