/** The command {@code directory}: extensions to and from their topic. */
@NullMarked
package io.callweave.cli.directory;

import org.jspecify.annotations.NullMarked;
