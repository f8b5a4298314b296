/** The command {@code topics}: what is on the cluster, and what is permitted there. */
@NullMarked
package io.callweave.cli.topics;

import org.jspecify.annotations.NullMarked;
