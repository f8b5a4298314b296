/** The command {@code verify}. */
@NullMarked
package io.callweave.cli.verify;

import org.jspecify.annotations.NullMarked;
