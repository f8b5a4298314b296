/** The command {@code simulate}: notifications of contact centres that do not exist. */
@NullMarked
package io.callweave.cli.simulate;

import org.jspecify.annotations.NullMarked;
