package io.callweave.call;

import org.jspecify.annotations.Nullable;

/**
 * What a Call Log record or one of its legs names; null is not known.
 *
 * @param partyId the party it is of
 * @param extensionId the own extension it is of
 * @param recordingId the first recording of it
 * @param transferTarget of a warm transfer, the session of the one that the call was handed to
 * @param transferee of a warm transfer, the session of the one who was handed on
 */
public record CallLogRefs(
        @Nullable String partyId,
        @Nullable String extensionId,
        @Nullable String recordingId,
        @Nullable String transferTarget,
        @Nullable String transferee) {

    static final CallLogRefs NONE = new CallLogRefs(null, null, null, null, null);
}
