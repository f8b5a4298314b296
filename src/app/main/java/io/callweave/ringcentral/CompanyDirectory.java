package io.callweave.ringcentral;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.directory.DirectoryColumn;
import io.callweave.directory.DirectoryEntry;
import io.callweave.ringcentral.RingCentralException.Trouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The company directory of one account, with its call queues: pages of RingCentral's {@code directory/entries} and
 * {@code call-queues}. Both are of the usage group Medium, 40 requests a minute; after three quarters of a limit, whatever it
 * is, the next page waits for the next window.
 */
public final class CompanyDirectory {

    /** The permission of the app that both need. */
    public static final String PERMISSION = "ReadAccounts";

    /** RingCentral's maximum. */
    private static final int ENTRIES_PER_PAGE = 2_000;

    private static final int QUEUES_PER_PAGE = 1_000;

    /** More than the largest accounts have. They are all in memory. */
    static final int MOST_EXTENSIONS = 250_000;

    /** Of an account whose mailboxes are wanted: many accounts read theirs at the same time. */
    private static final int MOST_WITH_MAILBOXES = 100_000;

    /** All accounts keep theirs, and a subscription has a filter for each. */
    private static final int MOST_MAILBOXES = 20_000;

    /** Of an extension, in characters; of longer ones the end is left out. */
    private static final int LONGEST_TEXT = 200;

    /** What RingCentral calls a call queue. */
    private static final String QUEUE = "Department";

    /** Contacts of other systems: they have no extension. */
    private static final String EXTERNAL = "External";

    private static final Map<String, String> TYPES =
            Map.of("User", DirectoryEntry.USER, QUEUE, DirectoryEntry.QUEUE, "IvrMenu", DirectoryEntry.IVR);

    /** Types that nobody can leave a message. INFER: from RingCentral's descriptions of its extension types. */
    private static final Set<String> WITHOUT_MAILBOX = Set.of(
            DirectoryEntry.IVR, "site", "room", "paging", "pagingOnly", "parkLocation", "applicationExtension", "bot");

    private final Client client;
    private final String account;

    CompanyDirectory(Client client, String account) {
        this.client = client;
        this.account = account;
    }

    /**
     * All that RingCentral listed.
     *
     * @param whole whether it is as many as RingCentral counted; else the directory changed while its pages were read
     * @param pages how many requests it took
     * @param queuesRefused why the call queues could not be listed; null if they were
     */
    public record Listing(
            List<DirectoryEntry> entries,
            boolean whole,
            int pages,
            @Nullable String queuesRefused) {

        public Listing {
            entries = List.copyOf(entries);
        }
    }

    /**
     * What is kept of all extensions.
     *
     * @param byId in no order
     */
    private record Kept<T>(
            Map<String, T> byId,
            boolean whole,
            int pages,
            @Nullable String queuesRefused) {}

    /** What a page says of the listing. */
    private record Counted(boolean last, long extensions, Duration pause) {}

    /**
     * Reads all pages.
     *
     * @param pause waits as long as the limits want it
     * @param progress hears how many extensions were read, after each page
     * @throws RingCentralException if RingCentral does not list the directory
     */
    public Listing read(Pause pause, Consumer<Integer> progress) throws InterruptedException {
        Kept<DirectoryEntry> kept = keep(MOST_EXTENSIONS, pause, progress, entry -> entry);
        return new Listing(new ArrayList<>(kept.byId().values()), kept.whole(), kept.pages(), kept.queuesRefused());
    }

    private <T> Kept<T> keep(int most, Pause pause, Consumer<Integer> progress, Function<DirectoryEntry, T> part)
            throws InterruptedException {
        Map<String, T> byId = new HashMap<>();
        Reading entries = new Reading("directory/entries?showFederated=false", ENTRIES_PER_PAGE, most);
        boolean whole = entries.all(pause, record -> {
            DirectoryEntry entry = entry(record);
            if (entry != null) {
                byId.put(entry.extensionId(), part.apply(entry));
                progress.accept(byId.size());
            }
        });
        // Every account has an extension: this is no directory that has lost all.
        whole &= !byId.isEmpty();
        Reading queues = new Reading("call-queues?", QUEUES_PER_PAGE, most);
        String queuesRefused = null;
        try {
            // A queue can be hidden in the directory.
            whole &= queues.all(pause, record -> {
                DirectoryEntry queue = queue(record);
                if (queue != null) {
                    byId.putIfAbsent(queue.extensionId(), part.apply(queue));
                }
            });
        } catch (RingCentralException e) {
            if (e.passes()) {
                throw e;
            }
            queuesRefused = e.getMessage();
        }
        return new Kept<>(byId, whole, entries.pages + queues.pages, queuesRefused);
    }

    /**
     * The extensions with a mailbox: those that are listed, but for menus and the like.
     *
     * @throws RingCentralException if RingCentral does not list the directory
     */
    public Set<String> mailboxes(Pause pause) throws InterruptedException {
        Map<String, Boolean> byId = keep(
                        MOST_WITH_MAILBOXES, pause, read -> {}, entry -> !WITHOUT_MAILBOX.contains(entry.type()))
                .byId();
        byId.values().removeIf(has -> !has);
        if (byId.size() > MOST_MAILBOXES) {
            throw RingCentralException.tooMuch(
                    String.format(Locale.ROOT, "The account %s has more than %,d mailboxes.", account, MOST_MAILBOXES));
        }
        return byId.keySet();
    }

    /** One listing, page after page. */
    private final class Reading {

        private final String path;
        private final int perPage;
        private final int most;
        private final Set<String> seen = new HashSet<>();
        private int pages;

        private Reading(String path, int perPage, int most) {
            this.path = path + (path.endsWith("?") ? "" : "&") + "perPage=" + perPage + "&page=";
            this.perPage = perPage;
            this.most = most;
        }

        /** Returns whether it was as much as RingCentral counted in the end. */
        private boolean all(Pause pause, Consumer<JsonNode> record) throws InterruptedException {
            Counted page = take(record);
            while (!page.last()) {
                pause.of(page.pause());
                page = take(record);
            }
            return seen.size() >= page.extensions();
        }

        /** The next page. It is let go before a pause: there are as many readings as accounts. */
        private Counted take(Consumer<JsonNode> record) throws InterruptedException {
            Client.Answer answer = page(++pages);
            JsonNode records = answer.body().path("records");
            int before = seen.size();
            for (JsonNode each : records) {
                seen.add(String.valueOf(text(each.path("id"))));
                if (seen.size() > most) {
                    throw endless(String.format(Locale.ROOT, "it has more than %,d extensions", most));
                }
                record.accept(each);
            }
            JsonNode paging = answer.body().path("paging");
            long totalPages = paging.path("totalPages").asLong(0);
            boolean last = records.isEmpty() || (totalPages > 0 ? pages >= totalPages : records.size() < perPage);
            if (!last && seen.size() == before) {
                throw endless("page " + pages + " has nothing that is not on the pages before");
            }
            Usage usage = answer.usage();
            return new Counted(
                    last, paging.path("totalElements").asLong(0), usage == null ? Duration.ZERO : usage.pause());
        }

        private RingCentralException endless(String why) {
            return RingCentralException.tooMuch(
                    "The directory of the account " + account + " is not read to its end: " + why + ".");
        }

        private Client.Answer page(int number) throws InterruptedException {
            try {
                return client.ask("GET", "/restapi/v1.0/account/" + account + "/" + path + number, null);
            } catch (RingCentralException e) {
                throw e.trouble() == Trouble.GONE
                        ? new RingCentralException(
                                Trouble.REQUEST, "RingCentral does not show the account " + account + " to this user.")
                        : e;
            }
        }
    }

    /** Null if it is no extension. */
    private @Nullable DirectoryEntry entry(JsonNode contact) {
        String type = text(contact.path("type"));
        String id = contact.path("id").asText("");
        if (!DirectoryColumn.isId(id) || EXTERNAL.equals(type)) {
            return null;
        }
        return new DirectoryEntry(
                account,
                id,
                name(contact),
                type == null ? DirectoryEntry.USER : TYPES.getOrDefault(type, beginningSmall(type)),
                text(contact.path("site").path("name")),
                text(contact.path("department")),
                null);
    }

    private @Nullable DirectoryEntry queue(JsonNode queue) {
        String id = queue.path("id").asText("");
        return DirectoryColumn.isId(id)
                ? new DirectoryEntry(account, id, text(queue.path("name")), DirectoryEntry.QUEUE, null, null, null)
                : null;
    }

    /** Users have a first and a last name, all others one name. */
    private static @Nullable String name(JsonNode contact) {
        String person = text(contact.path("firstName").asText("").strip() + " "
                + contact.path("lastName").asText("").strip());
        return person == null ? text(contact.path("name")) : person;
    }

    private static @Nullable String text(JsonNode value) {
        return text(value.asText(""));
    }

    private static @Nullable String text(String whole) {
        String text = whole.strip();
        return text.isEmpty() ? null : text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    private static String beginningSmall(String type) {
        return type.substring(0, 1).toLowerCase(Locale.ROOT) + type.substring(1);
    }
}
