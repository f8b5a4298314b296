/** RingCentral's wire format: the bytes of one notification to party events, or the reason why they cannot be used. */
@NullMarked
package io.callweave.notification;

import org.jspecify.annotations.NullMarked;
