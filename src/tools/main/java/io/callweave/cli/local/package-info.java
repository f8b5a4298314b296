/** The command {@code local}: the whole product in this process, for one's own RingCentral account. */
@NullMarked
package io.callweave.cli.local;

import org.jspecify.annotations.NullMarked;
