/** The list of typed settings, read from the command line, the environment and a file. */
@NullMarked
package io.callweave.settings;

import org.jspecify.annotations.NullMarked;
