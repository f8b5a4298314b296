/** The command line; wires everything else. */
@NullMarked
package io.callweave.cli;

import org.jspecify.annotations.NullMarked;
