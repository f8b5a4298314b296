/** RingCentral's wire format: bytes to party events. */
@NullMarked
package io.callweave.notification;

import org.jspecify.annotations.NullMarked;
