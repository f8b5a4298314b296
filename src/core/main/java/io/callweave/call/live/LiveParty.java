package io.callweave.call.live;

import io.callweave.call.event.Address;
import io.callweave.call.event.PartyRef;
import io.callweave.call.session.Party;
import io.callweave.call.session.Role;
import io.callweave.call.session.Timeline;
import org.jspecify.annotations.Nullable;

/**
 * A party of a live call that is not over.
 *
 * @param phoneNumber of its own address, like {@code name}
 * @param status its current status, as {@code reason}
 * @param since when that status began, in milliseconds since the epoch
 */
public record LiveParty(
        PartyRef ref,
        Role role,
        @Nullable String direction,
        @Nullable String extensionId,
        @Nullable String queueExtensionId,
        @Nullable String phoneNumber,
        @Nullable String name,
        String status,
        @Nullable String reason,
        long since) {

    static LiveParty of(Party party) {
        Address own = party.ownAddress();
        Timeline.Step open = party.timeline().lastStep();
        return new LiveParty(
                party.ref(),
                party.role(),
                party.direction(),
                party.extensionId(),
                party.queueExtensionId(),
                own == null ? null : own.phoneNumber(),
                own == null ? null : own.name(),
                open.status(),
                open.reason(),
                open.time());
    }
}
