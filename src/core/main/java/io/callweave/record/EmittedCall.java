package io.callweave.record;

import io.callweave.call.record.CallRecord;

/**
 * A call record as it is emitted.
 *
 * @param revision counts the emissions of this call from 1; 0 while it is live
 * @param epoch of the application's state; 0 where there is none
 */
record EmittedCall(CallRecord call, long revision, long epoch) {}
