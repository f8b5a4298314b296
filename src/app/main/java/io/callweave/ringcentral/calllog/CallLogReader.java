package io.callweave.ringcentral.calllog;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.audit.LogEntry;
import io.callweave.ringcentral.Client;
import io.callweave.ringcentral.Pause;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.RingCentralException.Trouble;
import io.callweave.ringcentral.Usage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the Call Log of one account. Its requests are of the usage group Heavy, ten a minute for each user and app: after three
 * quarters of the limit the next one waits for the next window, so that recordings and other readers have the rest.
 *
 * <p>Of a period that ended not long ago, {@code call-log-extract-sync} has what has changed since it began. Of an older one that
 * would be far too much; then, and where the extract is refused or loses its place, {@code call-log} has it page by page.
 */
public final class CallLogReader {

    /** The permission of the app. */
    public static final String PERMISSION = "ReadCallLog";

    /** RingCentral's maximum of records in an answer. */
    public static final int RECORDS_PER_REQUEST = 1_000;

    /** Of one reading. RingCentral's limit lets these take a day. */
    private static final int MOST_REQUESTS = 10_000;

    private static final Duration RECENTLY = Duration.ofHours(1);

    private final Client client;
    private final String base;
    private final Pause pause;
    private final InstantSource clock;
    private final int mostRequests;

    /** @param pause waits as long as the limit wants it */
    public CallLogReader(Client client, String account, Pause pause, InstantSource clock) {
        this(client, account, pause, clock, MOST_REQUESTS);
    }

    CallLogReader(Client client, String account, Pause pause, InstantSource clock, int mostRequests) {
        this.mostRequests = mostRequests;
        this.client = client;
        this.pause = pause;
        this.clock = clock;
        base = "/restapi/v1.0/account/" + account + "/";
    }

    /** Takes entries. */
    @FunctionalInterface
    public interface Sink<E extends Exception> {
        void take(LogEntry entry) throws E;
    }

    /**
     * What a reading took.
     *
     * @param requests that were answered
     * @param records that these had, before those of other times were left out
     */
    public record Took(int requests, long records) {}

    /**
     * Reads the entries that start in a period, as they are now. Entries come in any order, and can come more than once: the
     * one with the newest {@code lastModified} counts.
     *
     * @throws RingCentralException if RingCentral does not show the log
     */
    public <E extends Exception> Took read(Instant from, Instant to, Sink<E> entries) throws E, InterruptedException {
        Reading<E> reading = new Reading<>(from, to, entries);
        Duration age = Duration.between(to, clock.instant());
        Duration length = Duration.between(from, to);
        boolean recent = age.compareTo(RECENTLY) <= 0 || age.compareTo(length) <= 0;
        if (!recent || !reading.extract()) {
            reading.pages();
        }
        return new Took(reading.requests, reading.records);
    }

    private final class Reading<E extends Exception> {

        private final Instant from;
        private final Instant to;
        private final Sink<E> entries;

        /** Where it was, as digests: the server chooses how long a place is. */
        private final Set<String> places = new HashSet<>();

        private int requests;
        private long records;
        private Duration wait = Duration.ZERO;

        private Reading(Instant from, Instant to, Sink<E> entries) {
            this.from = from;
            this.to = to;
            this.entries = entries;
        }

        /**
         * All that has changed since the period began. RingCentral does not say whether another extract, from the newest change
         * on, would have calls that began earlier; so there is none after a forgotten token.
         *
         * @return false if the extract is refused, forgotten or has not all
         */
        private boolean extract() throws E, InterruptedException {
            String token = null;
            while (true) {
                JsonNode answer;
                try {
                    answer =
                            get(token == null ? full(from) : "call-log-extract-sync?syncType=ISync&syncToken=" + token);
                } catch (RingCentralException e) {
                    if (e.trouble() != Trouble.REQUEST && e.trouble() != Trouble.GONE) {
                        throw e;
                    }
                    return false;
                }
                int taken = take(answer.path("records"));
                JsonNode info = answer.path("syncInfo");
                if (info.path("olderRecordsExist").asBoolean()) {
                    return false;
                }
                String next = URLEncoder.encode(info.path("syncToken").asText(""), StandardCharsets.UTF_8);
                boolean more = info.has("newerRecordsExist")
                        ? info.path("newerRecordsExist").asBoolean()
                        : taken > 0;
                if (!more || next.isEmpty()) {
                    return true;
                }
                if (!isNew("token " + next)) {
                    throw endless("RingCentral says that there is more, at a place that was read before");
                }
                token = next;
            }
        }

        private static String full(Instant since) {
            return "call-log-extract-sync?syncType=FSync&view=Detailed&recordCount=" + RECORDS_PER_REQUEST
                    + "&dateFrom=" + since.truncatedTo(ChronoUnit.MILLIS);
        }

        private void pages() throws E, InterruptedException {
            String path = "call-log?view=Detailed&perPage=" + RECORDS_PER_REQUEST + "&dateFrom="
                    + from.truncatedTo(ChronoUnit.MILLIS) + "&dateTo=" + to.truncatedTo(ChronoUnit.MILLIS) + "&page=";
            int page = 0;
            int taken;
            do {
                page++;
                JsonNode answer = get(path + page).path("records");
                String first = answer.path(0).path("id").asText("");
                if (answer.size() >= RECORDS_PER_REQUEST && !isNew("page " + first)) {
                    throw endless("page " + page + " is the same as an earlier one");
                }
                taken = take(answer);
            } while (taken >= RECORDS_PER_REQUEST);
        }

        private boolean isNew(String place) {
            try {
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(place.getBytes(StandardCharsets.UTF_8));
                return places.add(Base64.getEncoder().encodeToString(digest));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e); // every Java has it
            }
        }

        private RingCentralException endless(String why) {
            return RingCentralException.tooMuch("The Call Log is not read to its end: " + why + ".");
        }

        private JsonNode get(String path) throws InterruptedException {
            if (requests >= mostRequests) {
                throw endless(String.format(Locale.ROOT, "it has more than %,d pages", mostRequests));
            }
            pause.of(wait);
            Client.Answer answer = client.ask("GET", base + path, null);
            @Nullable Usage usage = answer.usage();
            wait = usage == null ? Duration.ZERO : usage.pause();
            requests++;
            return answer.body();
        }

        private int take(JsonNode page) throws E {
            for (JsonNode record : page) {
                LogEntry entry = LogEntry.of(record);
                if (entry != null) {
                    Instant start = Instant.ofEpochMilli(entry.startTime());
                    if (!start.isBefore(from) && start.isBefore(to)) {
                        entries.take(entry);
                    }
                }
            }
            records += page.size();
            return page.size();
        }
    }
}
