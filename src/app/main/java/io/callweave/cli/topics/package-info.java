/** The command {@code topics}. */
@NullMarked
package io.callweave.cli.topics;

import org.jspecify.annotations.NullMarked;
