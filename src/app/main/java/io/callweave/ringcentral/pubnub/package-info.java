/** PubNub as far as RingCentral delivers notifications over it: long polls of one channel, and decryption. */
@NullMarked
package io.callweave.ringcentral.pubnub;

import org.jspecify.annotations.NullMarked;
