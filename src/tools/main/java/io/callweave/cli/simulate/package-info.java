/** The command {@code simulate}. */
@NullMarked
package io.callweave.cli.simulate;

import org.jspecify.annotations.NullMarked;
