package io.callweave.topology.directory;

import io.callweave.call.event.Address;
import io.callweave.call.event.PartyEvent;
import io.callweave.directory.DirectoryEntry;
import io.callweave.notification.NotificationReader;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A directory of most extensions that notifications name, some of them queues, in few departments or none. */
public final class TestDirectory {

    private static final List<String> DEPARTMENTS = List.of("Sales", "Support/EU", "");

    private TestDirectory() {}

    public static List<DirectoryEntry> of(Iterable<byte[]> notifications) {
        Map<String, DirectoryEntry> entries = new TreeMap<>();
        NotificationReader reader = new NotificationReader();
        for (byte[] notification : notifications) {
            for (PartyEvent event : reader.read(notification).events()) {
                String account = event.session().accountId();
                add(entries, account, event.facts().extensionId());
                Address to = event.facts().to();
                add(entries, account, to == null ? null : to.extensionId());
            }
        }
        return List.copyOf(entries.values());
    }

    /** The extensions of parties. */
    public static Set<String> keys(Iterable<byte[]> notifications) {
        Set<String> keys = new TreeSet<>();
        NotificationReader reader = new NotificationReader();
        for (byte[] notification : notifications) {
            for (PartyEvent event : reader.read(notification).events()) {
                keys.add(event.session().accountId() + "/" + event.facts().extensionId());
            }
        }
        return keys;
    }

    private static void add(Map<String, DirectoryEntry> entries, String account, @Nullable String extension) {
        int dice = extension == null ? 0 : Math.floorMod(extension.hashCode() * 31 + 7, 1_000);
        if (extension == null || dice % 7 == 0) {
            return;
        }
        String department = DEPARTMENTS.get(dice % DEPARTMENTS.size());
        DirectoryEntry entry = new DirectoryEntry(
                account,
                extension,
                dice % 5 == 0 ? null : "Name of " + extension,
                dice % 11 == 0 ? DirectoryEntry.QUEUE : DirectoryEntry.USER,
                dice % 2 == 0 ? null : "Berlin",
                department.isEmpty() ? null : department,
                null);
        entries.put(entry.key(), entry);
    }
}
