/** RingCentral's wire format: bytes to party events, or the reason why not. */
@NullMarked
package io.callweave.notification;

import org.jspecify.annotations.NullMarked;
