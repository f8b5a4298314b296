/** The command {@code backfill}. */
@NullMarked
package io.callweave.cli.backfill;

import org.jspecify.annotations.NullMarked;
