/** Which sessions the later facts of an account belong to, and those that still wait for theirs. */
@NullMarked
package io.callweave.topology.facts;

import org.jspecify.annotations.NullMarked;
