/** PubNub as far as needed: channels read by long polls. */
@NullMarked
package io.callweave.platform.pubnub;

import org.jspecify.annotations.NullMarked;
