/** REST as RingCentral speaks it: routes, errors and rate limits. */
@NullMarked
package io.callweave.platform.rest;

import org.jspecify.annotations.NullMarked;
