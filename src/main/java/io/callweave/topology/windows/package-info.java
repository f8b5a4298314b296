/** The windows that finished calls are counted in, and when they are emitted. */
@NullMarked
package io.callweave.topology.windows;

import org.jspecify.annotations.NullMarked;
