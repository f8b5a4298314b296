package io.callweave.topics;

import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryException;
import io.callweave.directory.DirectoryJson;
import io.callweave.directory.DirectoryLookup;
import io.callweave.logging.LogPace;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory in a part of the memory: the names of one account must not fill it, nor push out those of one that has less.
 * Of an account, what came first is kept; nothing is known of further extensions. Thread-safe.
 */
public final class BoundedDirectory implements DirectoryLookup {

    private static final Logger LOG = LoggerFactory.getLogger(BoundedDirectory.class);

    /** Of the memory, for all accounts. */
    private static final int SHARE = 4;

    /** What an entry takes beside its texts, and a text beside its characters, in bytes. */
    private static final int AROUND_ENTRY = 120;

    private static final int AROUND_TEXT = 44;

    private static final int LATIN_1 = 0xff;

    /** Texts that all entries share. */
    private static final Set<String> TYPES = Set.of(DirectoryEntry.USER, DirectoryEntry.QUEUE, DirectoryEntry.IVR);

    private final Map<String, Account> accounts = new ConcurrentHashMap<>();
    private final UnaryOperator<DirectoryEntry> needed;
    private final long most;
    private final LogPace told = LogPace.ofMinute();

    /** Of all accounts. */
    private long bytes;

    private final AtomicInteger size = new AtomicInteger();

    /** Of one account. */
    private static final class Account {

        private final String id;
        private final Map<String, Known> entries = new ConcurrentHashMap<>();
        private @Nullable Known last;
        private long bytes;

        private Account(String id) {
            this.id = id;
        }
    }

    /** An entry, between those that came before and after it. */
    private static final class Known {

        private volatile DirectoryEntry entry;
        private int bytes;
        private @Nullable Known before;
        private @Nullable Known after;

        private Known(DirectoryEntry entry) {
            this.entry = entry;
        }
    }

    /** @param needed leaves out what nobody asks for */
    public BoundedDirectory(UnaryOperator<DirectoryEntry> needed) {
        this(needed, Runtime.getRuntime().maxMemory() / SHARE);
    }

    /** @param most bytes of memory: an account can have half of it */
    public BoundedDirectory(UnaryOperator<DirectoryEntry> needed, long most) {
        this.needed = needed;
        this.most = most;
    }

    /**
     * Learns a record of the topic: of each key the last one counts.
     *
     * @param value null for a tombstone
     * @throws DirectoryException if it describes no extension; then nothing is known of the one of the key
     */
    public synchronized void learn(byte @Nullable [] key, byte @Nullable [] value) {
        try {
            if (value != null) {
                keep(needed.apply(DirectoryJson.read(key, value)));
                return;
            }
        } catch (DirectoryException e) {
            forget(key);
            throw e;
        }
        forget(key);
    }

    private void keep(DirectoryEntry entry) {
        Account account = accounts.computeIfAbsent(entry.accountId(), Account::new);
        Known known = account.entries.get(entry.extensionId());
        int now = bytes(entry);
        int before = known == null ? 0 : known.bytes;
        if (!hasRoom(account, now - before)) {
            if (known != null) {
                forget(account, known);
            }
            leftOut(account);
        } else {
            if (known == null) {
                known = add(account, entry);
            }
            known.entry = sharing(entry, account.id, known.entry.extensionId());
            known.bytes = now;
            count(account, now - before);
        }
        ended(account);
    }

    /** Whether the account may take more; the last ones of those that have more make room for it. */
    private boolean hasRoom(Account account, int more) {
        if (more > 0 && account.bytes + more > most / 2) {
            return false;
        }
        while (bytes + more > most) {
            Account largest = Collections.max(accounts.values(), Comparator.comparingLong(each -> each.bytes));
            Known last = largest.last;
            if (last == null || largest.bytes <= account.bytes + more) {
                return false;
            }
            forget(largest, last);
            leftOut(largest);
            ended(largest);
        }
        return true;
    }

    private Known add(Account account, DirectoryEntry entry) {
        Known added = new Known(entry);
        added.before = account.last;
        if (added.before != null) {
            added.before.after = added;
        }
        account.last = added;
        account.entries.put(entry.extensionId(), added);
        size.incrementAndGet();
        return added;
    }

    private void forget(byte @Nullable [] key) {
        String id = key == null ? "" : new String(key, StandardCharsets.UTF_8);
        int slash = id.indexOf('/');
        Account account = slash < 0 ? null : accounts.get(id.substring(0, slash));
        Known known = account == null ? null : account.entries.get(id.substring(slash + 1));
        if (account != null && known != null) {
            forget(account, known);
            ended(account);
        }
    }

    private void forget(Account account, Known known) {
        account.entries.remove(known.entry.extensionId());
        if (known.before != null) {
            known.before.after = known.after;
        }
        if (known.after == null) {
            account.last = known.before;
        } else {
            known.after.before = known.before;
        }
        size.decrementAndGet();
        count(account, -known.bytes);
    }

    private void ended(Account account) {
        if (account.entries.isEmpty()) {
            accounts.remove(account.id);
        }
    }

    private void count(Account account, long more) {
        account.bytes += more;
        bytes += more;
    }

    private void leftOut(Account account) {
        told.next()
                .ifPresent(before -> LOG.atWarn()
                        .setMessage("The directory takes too much memory; further extensions have no name.")
                        .addKeyValue("account", account.id)
                        .addKeyValue("entries", account.entries.size())
                        .addKeyValue("before", before)
                        .log());
    }

    /** The same with texts that are there already. */
    private static DirectoryEntry sharing(DirectoryEntry entry, String accountId, String extensionId) {
        return new DirectoryEntry(
                accountId, extensionId, entry.name(), entry.type(), entry.site(), entry.department(), entry.timeZone());
    }

    private static int bytes(DirectoryEntry entry) {
        return AROUND_ENTRY
                + bytes(entry.extensionId())
                + bytes(entry.name())
                + (TYPES.contains(entry.type()) ? 0 : bytes(entry.type()))
                + bytes(entry.site())
                + bytes(entry.department())
                + bytes(entry.timeZone());
    }

    private static int bytes(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        return AROUND_TEXT + text.length() * (text.chars().allMatch(c -> c <= LATIN_1) ? 1 : 2);
    }

    @Override
    public @Nullable DirectoryEntry find(String accountId, String extensionId) {
        Account account = accounts.get(accountId);
        Known known = account == null ? null : account.entries.get(extensionId);
        return known == null ? null : known.entry;
    }

    /** All of some accounts. */
    public Stream<DirectoryEntry> of(Predicate<String> account) {
        return accounts.values().stream()
                .filter(each -> account.test(each.id))
                .flatMap(each -> each.entries.values().stream().map(known -> known.entry));
    }

    public int size() {
        return size.get();
    }
}
