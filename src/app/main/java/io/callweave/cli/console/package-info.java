/** The command {@code console}. */
@NullMarked
package io.callweave.cli.console;

import org.jspecify.annotations.NullMarked;
