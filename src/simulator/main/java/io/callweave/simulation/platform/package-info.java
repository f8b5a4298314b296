/** What RingCentral's platform knows, and the notifications that it sends. */
@NullMarked
package io.callweave.simulation.platform;

import org.jspecify.annotations.NullMarked;
