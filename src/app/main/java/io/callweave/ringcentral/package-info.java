/** RingCentral's REST API as far as notifications need it: sign-in, subscriptions and the WebSocket gateway's token. */
@NullMarked
package io.callweave.ringcentral;

import org.jspecify.annotations.NullMarked;
