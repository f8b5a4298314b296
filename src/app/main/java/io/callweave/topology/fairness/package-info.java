/** Whose turn it is: accounts that keep a partition busy wait, so that others need not. */
@NullMarked
package io.callweave.topology.fairness;

import org.jspecify.annotations.NullMarked;
