/** The command {@code demo}. */
@NullMarked
package io.callweave.cli.demo;

import org.jspecify.annotations.NullMarked;
