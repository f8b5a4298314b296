/** Notifications over PubNub, which RingCentral offers to older applications. */
@NullMarked
package io.callweave.bridge.pubnub;

import org.jspecify.annotations.NullMarked;
