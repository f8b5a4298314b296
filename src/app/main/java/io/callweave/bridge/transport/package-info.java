/** The bridge as it runs: transports, and what they share. */
@NullMarked
package io.callweave.bridge.transport;

import org.jspecify.annotations.NullMarked;
