/** REST as RingCentral speaks it: requests, replies, errors, rate limits and routes, over HTTP or a WebSocket. */
@NullMarked
package io.callweave.platform.rest;

import org.jspecify.annotations.NullMarked;
