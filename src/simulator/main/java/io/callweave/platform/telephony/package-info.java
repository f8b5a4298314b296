/** Simulated calls over REST. */
@NullMarked
package io.callweave.platform.telephony;

import org.jspecify.annotations.NullMarked;
