/** Intake: raw notifications, keyed by telephony session, into Kafka. */
@NullMarked
package io.callweave.bridge;

import org.jspecify.annotations.NullMarked;
