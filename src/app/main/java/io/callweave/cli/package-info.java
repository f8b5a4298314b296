/** The command line, and commands without a package of their own. */
@NullMarked
package io.callweave.cli;

import org.jspecify.annotations.NullMarked;
