package io.callweave.platform.directory;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Who has which extension, by account. Each change of a known account is an event. Thread-safe. */
public final class PlatformDirectory {

    private final BiConsumer<String, ObjectNode> events;
    private final Map<String, SortedMap<String, PlatformContact>> accounts = new TreeMap<>();

    /** @param events hears the account and the body of each change event */
    public PlatformDirectory(BiConsumer<String, ObjectNode> events) {
        this.events = events;
    }

    /** What the account has from now on, without events. */
    public synchronized void fill(String account, List<PlatformContact> contacts) {
        SortedMap<String, PlatformContact> all = new TreeMap<>();
        contacts.forEach(contact -> all.put(contact.id(), contact));
        accounts.put(account, all);
    }

    public void put(String account, PlatformContact contact) {
        PlatformContact before;
        synchronized (this) {
            before =
                    accounts.computeIfAbsent(account, unused -> new TreeMap<>()).put(contact.id(), contact);
        }
        tell(account, contact, before == null ? "Create" : "Update");
    }

    public void remove(String account, String id) {
        PlatformContact gone;
        synchronized (this) {
            gone = contact(account, id);
            accounts.getOrDefault(account, new TreeMap<>()).remove(id);
        }
        if (gone != null) {
            tell(account, gone, "Delete");
        }
    }

    /**
     * Gives an extension another name.
     *
     * @throws IllegalArgumentException if there is no such extension
     */
    public void rename(String account, String id, String name) {
        PlatformContact known = contact(account, id);
        if (known == null) {
            throw new IllegalArgumentException("The account " + account + " has no extension " + id + ".");
        }
        put(account, known.named(name));
    }

    synchronized List<PlatformContact> of(String account) {
        return List.copyOf(accounts.getOrDefault(account, new TreeMap<>()).values());
    }

    private synchronized @Nullable PlatformContact contact(String account, String id) {
        return accounts.getOrDefault(account, new TreeMap<>()).get(id);
    }

    private void tell(String account, PlatformContact contact, String change) {
        ObjectNode body = contact.json().put("eventType", change);
        body.putObject("account").put("id", account);
        events.accept(account, body);
    }
}
