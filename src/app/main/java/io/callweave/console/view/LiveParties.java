package io.callweave.console.view;

import io.callweave.call.event.Status;
import io.callweave.call.live.LiveCall;
import io.callweave.call.live.LiveParty;
import io.callweave.call.session.Party;
import io.callweave.call.session.Role;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parties of a live call without supervisors and bridges: who of them calls, who talks, and which are queues or menus. */
final class LiveParties {

    private static final Set<String> TALKING = Set.of(Status.ANSWERED, Status.HOLD);

    private final LiveCall live;
    private final DirectoryLookup directory;
    private final List<LiveParty> all;

    LiveParties(LiveCall live, DirectoryLookup directory) {
        this.live = live;
        this.directory = directory;
        all = live.parties().stream()
                .filter(party -> party.role() != Role.SUPERVISOR && party.role() != Role.BRIDGE)
                .toList();
    }

    Stream<LiveParty> stream() {
        return all.stream();
    }

    /** Whether the caller is in the call; of a call to the outside, the other side, whom a transfer can bring to a queue. */
    boolean hasCaller() {
        return all.stream().anyMatch(this::isCaller);
    }

    /**
     * RingCentral's caller is an Outbound party, without an extension if he calls from outside. In such a call, an Outbound party
     * with an extension is a phone of an agent who switched devices.
     */
    private boolean isCaller(LiveParty party) {
        if (isMachine(party) || isOfQueue(party)) {
            return false;
        }
        if (live.internal()) {
            return Party.OUTBOUND.equals(party.direction());
        }
        return party.extensionId() == null
                && (live.direction().equals(Party.OUTBOUND) || Party.OUTBOUND.equals(party.direction()));
    }

    /** Whether somebody is in the call who was not called by a queue. */
    boolean hasSomebody() {
        return all.stream().anyMatch(party -> !isMachine(party) && !isOfQueue(party));
    }

    /** The people who talk to the caller, or keep him on hold. */
    Stream<LiveParty> talking() {
        return all.stream()
                .filter(party -> !isMachine(party) && !isCaller(party))
                .filter(party -> TALKING.contains(party.status()));
    }

    boolean isOfQueue(LiveParty party) {
        return party.queueExtensionId() != null || isQueue(party);
    }

    boolean isQueue(LiveParty party) {
        return party.role() == Role.QUEUE
                || type(party.extensionId())
                        .filter(DirectoryEntry.QUEUE::equals)
                        .isPresent();
    }

    boolean isMachine(LiveParty party) {
        return party.role() == Role.QUEUE || type(party.extensionId()).isPresent();
    }

    /** Queue or menu; empty for people, and for what the directory does not know. */
    Optional<String> type(@Nullable String extension) {
        DirectoryEntry entry = extension == null ? null : directory.find(live.accountId(), extension);
        return Optional.ofNullable(entry)
                .map(DirectoryEntry::type)
                .filter(type -> type.equals(DirectoryEntry.QUEUE) || type.equals(DirectoryEntry.IVR));
    }
}
