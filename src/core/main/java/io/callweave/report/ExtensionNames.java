package io.callweave.report;

import io.callweave.call.event.Address;
import io.callweave.call.record.PartyRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What extensions are called: by the directory, else by the name that RingCentral sent, else by their ids. */
final class ExtensionNames {

    private final DirectoryLookup directory;
    private final FiguresRoom room;
    private final Map<String, Sent> sent = new HashMap<>();

    /** A name, and when it was in use. */
    private record Sent(long time, String name) {

        /** In whatever order they come. */
        static Sent latest(Sent one, Sent other) {
            if (one.time == other.time) {
                return one.name.compareTo(other.name) <= 0 ? one : other;
            }
            return one.time > other.time ? one : other;
        }
    }

    ExtensionNames(DirectoryLookup directory, FiguresRoom room) {
        this.directory = directory;
        this.room = room;
    }

    /** Remembers what a party calls itself. While a queue rings it, its address is the queue's. */
    void see(String accountId, PartyRecord party) {
        Address own = party.ownAddress();
        if (party.extensionId() != null
                && own != null
                && own.name() != null
                && party.extensionId().equals(own.extensionId())) {
            see(accountId, party.extensionId(), own.name(), party.startTime());
        }
    }

    void see(String accountId, String extensionId, @Nullable String name, long time) {
        if (name == null) {
            return;
        }
        String key = DirectoryEntry.key(accountId, extensionId);
        Sent before = sent.get(key);
        Sent latest = before == null ? new Sent(time, name) : Sent.latest(before, new Sent(time, name));
        long more = before == null ? FiguresRoom.weight(key) : -FiguresRoom.weight(before.name);
        if (room.takes(accountId, more + FiguresRoom.weight(latest.name))) {
            sent.put(key, latest);
        }
    }

    String of(String accountId, String extensionId) {
        DirectoryEntry entry = directory.find(accountId, extensionId);
        if (entry != null && entry.name() != null) {
            return entry.name();
        }
        Sent known = sent.get(DirectoryEntry.key(accountId, extensionId));
        return known == null ? extensionId : known.name();
    }
}
