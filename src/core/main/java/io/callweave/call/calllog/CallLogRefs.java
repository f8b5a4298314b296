package io.callweave.call.calllog;

import org.jspecify.annotations.Nullable;

/**
 * The references of a Call Log record or of one of its legs; null where one is not known.
 *
 * @param partyId the party that the record or leg is about
 * @param extensionId the extension of that party, if it is in the account
 * @param recording the first recording
 * @param transferTarget of a warm transfer, the session of the party that received the call
 * @param transferee of a warm transfer, the session of the party that was transferred
 */
public record CallLogRefs(
        @Nullable String partyId,
        @Nullable String extensionId,
        @Nullable RecordingRef recording,
        @Nullable String transferTarget,
        @Nullable String transferee) {

    public static final CallLogRefs NONE = new CallLogRefs(null, null, null, null, null);
}
