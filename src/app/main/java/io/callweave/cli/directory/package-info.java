/** The command {@code directory}. */
@NullMarked
package io.callweave.cli.directory;

import org.jspecify.annotations.NullMarked;
