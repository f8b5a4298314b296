/** The command {@code replay}: recorded notifications once more. */
@NullMarked
package io.callweave.cli.replay;

import org.jspecify.annotations.NullMarked;
