/** The command {@code report}. */
@NullMarked
package io.callweave.cli.report;

import org.jspecify.annotations.NullMarked;
