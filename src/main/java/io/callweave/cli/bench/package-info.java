/** The command {@code bench}: what parts of the product cost on this machine. */
@NullMarked
package io.callweave.cli.bench;

import org.jspecify.annotations.NullMarked;
