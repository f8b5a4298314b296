/** The command {@code deliver}. */
@NullMarked
package io.callweave.cli.deliver;

import org.jspecify.annotations.NullMarked;
