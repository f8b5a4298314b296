/** Asks RingCentral for recordings until they are ready, because it sends no event of them. */
@NullMarked
package io.callweave.bridge.recording;

import org.jspecify.annotations.NullMarked;
