/** The command {@code demo}: the whole product in this process, with traffic. */
@NullMarked
package io.callweave.cli.demo;

import org.jspecify.annotations.NullMarked;
