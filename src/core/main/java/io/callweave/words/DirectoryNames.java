package io.callweave.words;

import io.callweave.call.event.Address;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.value.Printable;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What people call addresses and queues of one account, by the directory and by what was sent. */
public final class DirectoryNames {

    private final String account;
    private final DirectoryLookup directory;

    public DirectoryNames(String account, DirectoryLookup directory) {
        this.account = account;
        this.directory = directory;
    }

    /** An address: a name, of somebody outside with the number; else the number. {@link Printable}. */
    public String address(@Nullable Address address) {
        if (address == null) {
            return CallNames.UNKNOWN;
        }
        String listed = name(address.extensionId());
        String number = number(address);
        String name = address.name();
        if (listed != null) {
            return Printable.of(listed);
        }
        if (name == null) {
            return Printable.of(Objects.requireNonNullElse(number, CallNames.UNKNOWN));
        }
        return Printable.of(address.extensionId() != null || number == null ? name : name + " " + number);
    }

    /** An extension: its name in the directory, else its id. {@link Printable}. */
    public String extension(String extensionId) {
        return Printable.of(Objects.requireNonNullElse(name(extensionId), extensionId));
    }

    /** A queue without the word: Sales; its id if it has no name. {@link Printable}. */
    public String queue(String extensionId, @Nullable String sent) {
        String listed = name(extensionId);
        String name = listed != null ? listed : sent;
        return Printable.of(name == null ? extensionId : without(" queue", name));
    }

    /** The name of an extension in the directory, as it is there; null if it has none. */
    @Nullable
    String name(@Nullable String extensionId) {
        DirectoryEntry entry = entry(extensionId);
        return entry == null ? null : entry.name();
    }

    /** What the directory says that an extension is; null if it does not know it. */
    @Nullable
    String type(@Nullable String extensionId) {
        DirectoryEntry entry = entry(extensionId);
        return entry == null ? null : entry.type();
    }

    private @Nullable DirectoryEntry entry(@Nullable String extensionId) {
        return extensionId == null ? null : directory.find(account, extensionId);
    }

    /** Whether an address has anything that people could read. */
    static boolean isKnown(@Nullable Address address) {
        return nameOrNumber(address) != null || (address != null && address.extensionId() != null);
    }

    static @Nullable String nameOrNumber(@Nullable Address address) {
        return address == null ? null : address.name() != null ? address.name() : number(address);
    }

    /** Of an extension the short number that colleagues dial. */
    private static @Nullable String number(Address address) {
        boolean isExtension = address.extensionId() != null || address.phoneNumber() == null;
        return address.extensionNumber() != null && isExtension ? address.extensionNumber() : address.phoneNumber();
    }

    static String without(String lastWord, String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(lastWord)
                ? name.substring(0, name.length() - lastWord.length())
                : name;
    }
}
