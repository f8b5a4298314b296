/** The typed settings, from command line, environment and file. */
@NullMarked
package io.callweave.settings;

import org.jspecify.annotations.NullMarked;
