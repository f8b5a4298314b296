/** The webhook endpoint that RingCentral calls: who may, what is answered, and how the bridge is. */
@NullMarked
package io.callweave.bridge.webhook;

import org.jspecify.annotations.NullMarked;
