package io.callweave.words;

import io.callweave.call.event.Address;
import io.callweave.call.event.PartyRef;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.QueueVisit;
import io.callweave.call.session.Party;
import io.callweave.call.session.Role;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.value.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What people call those who are in a call. The directory's name comes first: RingCentral sends an agent who is rung by a
 * queue with the name and number of the queue. Then comes the name that was sent, then a number. All of it is
 * {@link Printable}.
 */
final class CallNames {

    static final String UNKNOWN = "unknown";

    /** The number of a caller who does not want to show it. */
    static final String WITHHELD = "withheld";

    static final String NOT_SEEN = "somebody who was not seen";

    private static final String REDIRECT = "CallerInputRedirect";

    private final CallRecord call;
    private final DirectoryNames directory;

    /** A call can have thousands of parties, so none is looked for among all of them. */
    private final Map<PartyRef, PartyRecord> parties = new HashMap<>();

    /** The first name or number that any party sent, by extension. */
    private final Map<String, String> seen = new HashMap<>();

    CallNames(CallRecord call, DirectoryLookup directory) {
        this.call = call;
        this.directory = new DirectoryNames(call.accountId(), directory);
        call.parties().forEach(party -> parties.putIfAbsent(party.ref(), party));
        call.graph().numbers().forEach(number -> {
            String name = DirectoryNames.nameOrNumber(
                    new Address(number.phoneNumber(), number.name(), number.extensionId(), number.extensionNumber()));
            if (number.extensionId() != null && name != null) {
                seen.putIfAbsent(number.extensionId(), name);
            }
        });
    }

    /** Who called, without the name of the queue that RingCentral may put before it. */
    String caller() {
        Address from = call.from();
        if (!DirectoryNames.isKnown(from) && call.parties().stream().anyMatch(CallNames::withholds)) {
            return WITHHELD;
        }
        return directory.address(
                from == null || from.name() == null || call.isBackfilled()
                        ? from
                        : new Address(
                                from.phoneNumber(),
                                call.people().callerName(),
                                from.extensionId(),
                                from.extensionNumber()));
    }

    /** Who was called. */
    String called() {
        return directory.address(call.to());
    }

    /** An address: a name, of somebody outside with the number; else the number. */
    String address(@Nullable Address address) {
        return directory.address(address);
    }

    /** A party in short: Dana. */
    String party(PartyRecord party) {
        String extension = party.extensionId();
        String known = directory.name(extension);
        if (known == null) {
            known = sent(party);
        }
        if (known == null) {
            known = extension != null ? "Extension " + extension : withholds(party) ? WITHHELD : UNKNOWN;
        }
        return Printable.of(known);
    }

    /** The same of a party that is pointed at, or that it was not seen. */
    String party(@Nullable PartyRef ref) {
        return find(ref).map(this::party).orElse(NOT_SEEN);
    }

    /** RingCentral sends both ends with each event. Of a caller from outside who withholds the number, one end is empty. */
    private static boolean withholds(PartyRecord party) {
        return Party.OUTBOUND.equals(party.direction())
                && party.extensionId() == null
                && !DirectoryNames.isKnown(party.from())
                && DirectoryNames.isKnown(party.to());
    }

    /** The party that is pointed at. */
    Optional<PartyRecord> find(@Nullable PartyRef ref) {
        return ref == null ? Optional.empty() : Optional.ofNullable(parties.get(ref));
    }

    /** A queue without the word: Sales. */
    String queue(QueueVisit queue) {
        return directory.queue(queue.queueExtensionId(), queue.name());
    }

    /** The same as it is, with the word; "" if it has no name. */
    String wholeQueue(QueueVisit queue) {
        String listed = directory.name(queue.queueExtensionId());
        return Printable.of(Objects.requireNonNullElse(listed == null ? queue.name() : listed, ""));
    }

    /** Who called whom in a RingOut; empty for other calls. */
    Optional<RingOut> ringOut() {
        if (!call.outcome().action().equals("RingOut Web")) {
            return Optional.empty();
        }
        List<PartyRecord> called =
                call.parties().stream().filter(CallNames::isCalled).toList();
        PartyRecord own = called.stream()
                .filter(party -> !Objects.equals(party.to(), call.to()))
                .findFirst()
                .orElse(null);
        String listed = own == null ? null : directory.name(own.extensionId());
        return Optional.of(new RingOut(
                listed != null ? Printable.of(listed) : address(call.from()),
                called(),
                own,
                called.stream().anyMatch(party -> Objects.equals(party.to(), call.to()))));
    }

    /** A menu without the word: Main. */
    String menu(PartyRecord party) {
        return DirectoryNames.without(" menu", party(party));
    }

    /** By the reason that it ended with, if it never rang, or by the directory. A mailbox's owner was rung before. */
    boolean isMenu(PartyRecord party) {
        String type = directory.type(party.extensionId());
        boolean isQueue = party.role() == Role.QUEUE || DirectoryEntry.QUEUE.equals(type);
        return DirectoryEntry.IVR.equals(type)
                || (REDIRECT.equals(party.endReason()) && party.ringMs() == null && !isQueue);
    }

    static boolean isCalled(PartyRecord party) {
        return Party.INBOUND.equals(party.direction());
    }

    /** Whether this supervised the call first, and then took it over: a supervisor who only listens has another role. */
    static boolean tookOver(PartyRecord party) {
        return party.role().takesPart()
                && party.segments().stream()
                        .anyMatch(segment -> "Supervising".equals(segment.reason())
                                || ("TakeOver".equals(segment.reason())
                                        && segment.status().equals("Answered")));
    }

    /** The name or the number under which the call knows the party; null if it shows nothing of it. */
    private @Nullable String sent(PartyRecord party) {
        String extension = party.extensionId();
        Address own = party.ownAddress();
        if (extension == null) {
            return DirectoryNames.nameOrNumber(own);
        }
        // Not the queue's address; else as another party's "from" or "to" has it.
        return Stream.of(Optional.ofNullable(own), Optional.ofNullable(party.from()), Optional.ofNullable(party.to()))
                .flatMap(Optional::stream)
                .filter(address -> extension.equals(address.extensionId()))
                .map(DirectoryNames::nameOrNumber)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(() -> seen.get(extension));
    }
}
