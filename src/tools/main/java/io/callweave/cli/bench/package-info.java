/** The command {@code bench}. */
@NullMarked
package io.callweave.cli.bench;

import org.jspecify.annotations.NullMarked;
