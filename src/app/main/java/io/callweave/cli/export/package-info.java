/** The command {@code export}. */
@NullMarked
package io.callweave.cli.export;

import org.jspecify.annotations.NullMarked;
