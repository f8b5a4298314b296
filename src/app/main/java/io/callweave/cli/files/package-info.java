/** The commands on files: {@code assemble}, {@code run} and {@code explain}. */
@NullMarked
package io.callweave.cli.files;

import org.jspecify.annotations.NullMarked;
