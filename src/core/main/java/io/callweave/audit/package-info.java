/** Compares calls with RingCentral's Call Log, session by session. */
@NullMarked
package io.callweave.audit;

import org.jspecify.annotations.NullMarked;
