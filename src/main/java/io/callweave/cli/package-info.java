/** The command line, and the commands that need no package of their own. */
@NullMarked
package io.callweave.cli;

import org.jspecify.annotations.NullMarked;
