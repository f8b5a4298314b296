/** The commands {@code bridge} and {@code streams}, and what they make of the settings. */
@NullMarked
package io.callweave.cli.role;

import org.jspecify.annotations.NullMarked;
