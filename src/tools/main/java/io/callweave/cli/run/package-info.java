/** The command {@code run}: files through the whole product. */
@NullMarked
package io.callweave.cli.run;

import org.jspecify.annotations.NullMarked;
