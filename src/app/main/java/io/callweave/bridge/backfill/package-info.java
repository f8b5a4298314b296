/** Brings what RingCentral's Call Log says of calls that were not seen whole, on demand and after each known gap. */
@NullMarked
package io.callweave.bridge.backfill;

import org.jspecify.annotations.NullMarked;
