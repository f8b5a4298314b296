/** PubNub, as far as clients of RingCentral use it: channels that are read by long polls. */
@NullMarked
package io.callweave.platform.pubnub;

import org.jspecify.annotations.NullMarked;
