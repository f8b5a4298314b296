/** The windows of finished calls, and when they are emitted. */
@NullMarked
package io.callweave.topology.windows;

import org.jspecify.annotations.NullMarked;
