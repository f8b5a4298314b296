/** Runs the topology on a cluster, checks beforehand that it can, and shows how it fares. */
@NullMarked
package io.callweave.operations;

import org.jspecify.annotations.NullMarked;
