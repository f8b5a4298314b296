/** The webhook endpoint: who may send, and what is answered. */
@NullMarked
package io.callweave.bridge.webhook;

import org.jspecify.annotations.NullMarked;
