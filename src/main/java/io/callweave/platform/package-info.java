/** A server that behaves like RingCentral for simulated calls: sign-in, subscriptions, WebSockets, calls, and faults. */
@NullMarked
package io.callweave.platform;

import org.jspecify.annotations.NullMarked;
