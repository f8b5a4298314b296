package io.callweave.report;

import io.callweave.call.event.Address;
import io.callweave.call.record.PartyRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What extensions are called: by the directory, else by the name that RingCentral sent, else by their ids. */
final class Names {

    private final DirectoryLookup directory;
    private final Map<String, String> sent = new HashMap<>();

    Names(DirectoryLookup directory) {
        this.directory = directory;
    }

    /** Remembers what a party calls itself. While a queue rings it, its address is the queue's. */
    void see(String accountId, PartyRecord party) {
        Address own = party.ownAddress();
        if (party.extensionId() != null
                && own != null
                && own.name() != null
                && party.extensionId().equals(own.extensionId())) {
            sent.put(DirectoryEntry.key(accountId, party.extensionId()), own.name());
        }
    }

    void see(String accountId, String extensionId, @Nullable String name) {
        if (name != null) {
            sent.put(DirectoryEntry.key(accountId, extensionId), name);
        }
    }

    String of(String accountId, String extensionId) {
        DirectoryEntry entry = directory.find(accountId, extensionId);
        if (entry != null && entry.name() != null) {
            return entry.name();
        }
        return sent.getOrDefault(DirectoryEntry.key(accountId, extensionId), extensionId);
    }
}
