package io.callweave.record;

import io.callweave.call.event.Address;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.directory.DirectoryEntry;
import org.jspecify.annotations.Nullable;

/**
 * What the row of a party says besides what stands in the call record.
 *
 * @param own the party's own address; null if it has none
 * @param transferred whether the party transferred the call
 * @param extension what the directory says of the party's extension; null if nothing
 * @param queue what it says of the queue that the party was rung by; null if nothing
 */
record RowFacts(
        @Nullable Address own,
        boolean transferred,
        @Nullable DirectoryEntry extension,
        @Nullable DirectoryEntry queue) {

    static RowFacts of(
            CallRecord call, PartyRecord party, @Nullable DirectoryEntry extension, @Nullable DirectoryEntry queue) {
        return new RowFacts(party.ownAddress(), call.graph().isHandedOnBy(party.ref()), extension, queue);
    }

    @Nullable
    String phoneNumber() {
        return own == null ? null : own.phoneNumber();
    }

    @Nullable
    String name() {
        return own == null ? null : own.name();
    }

    @Nullable
    String extensionName() {
        return extension == null ? null : extension.name();
    }

    @Nullable
    String extensionType() {
        return extension == null ? null : extension.type();
    }

    @Nullable
    String site() {
        return extension == null ? null : extension.site();
    }

    @Nullable
    String department() {
        return extension == null ? null : extension.department();
    }

    @Nullable
    String timeZone() {
        return extension == null ? null : extension.timeZone();
    }

    @Nullable
    String queueName() {
        return queue == null ? null : queue.name();
    }
}
