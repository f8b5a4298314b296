/** What RingCentral's platform knows about calls, and the notifications that it sends. */
@NullMarked
package io.callweave.simulation.platform;

import org.jspecify.annotations.NullMarked;
