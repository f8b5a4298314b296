/** Compares an account's calls with RingCentral's Call Log, on demand and every hour. */
@NullMarked
package io.callweave.bridge.audit;

import org.jspecify.annotations.NullMarked;
