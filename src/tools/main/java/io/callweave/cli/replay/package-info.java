/** The command {@code replay}. */
@NullMarked
package io.callweave.cli.replay;

import org.jspecify.annotations.NullMarked;
