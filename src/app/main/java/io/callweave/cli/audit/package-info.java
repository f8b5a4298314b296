/** The command {@code audit}. */
@NullMarked
package io.callweave.cli.audit;

import org.jspecify.annotations.NullMarked;
