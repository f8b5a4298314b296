package io.callweave.platform.telephony;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.simulation.platform.WireJson;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What the call log shows of calls that are over, as far as memory allows, with the differences that were planted in it.
 * Thread-safe.
 */
public final class PlatformCallLog {

    /** As texts, they need some 300 MB. */
    private static final int MOST_SESSIONS = 150_000;

    /** How late the log is: 15 to 30 seconds, always the same for one session. */
    private static final int SHORTEST_DELAY = 15;

    private static final int DELAYS = 16;

    /** For so much longer at most, calls of queues look as they do while they run (tylerlong/active-calls-demo, 2021). */
    private static final int LONGEST_UNSETTLED = 60;

    /** Stands in texts for the address of this server. */
    private static final String BASE = "{base}";

    private final Clock clock;
    private final List<String> accounts;
    private final double speed;
    private final Queue<LogDifference> plan = new ArrayDeque<>();
    private final List<Planted> planted = new ArrayList<>();

    /** By account and session. */
    private final Map<String, Ended> ended = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Ended> eldest) {
            return size() > MOST_SESSIONS;
        }
    };

    /** A difference in the log, and the session whose record it is in. */
    public record Planted(LogDifference difference, String accountId, String telephonySessionId) {}

    /**
     * A record as the log shows it at some time.
     *
     * @param modified when it became so
     */
    record Row(String id, Instant start, Instant modified, String text) {

        /** The record, with addresses of a server. */
        ObjectNode json(String base) {
            ObjectNode json = (ObjectNode) WireJson.read(text.replace(BASE, base));
            return json.put("lastModifiedTime", WireJson.time(modified));
        }
    }

    /** @param known from then on, the log shows that the session is over */
    private record Ended(Instant known, List<Logged> records) {}

    /** @param unsettled what it shows until it is settled; null if it is never wrong */
    private record Logged(
            String account,
            Instant known,
            Instant settled,
            @Nullable Row unsettled,
            Row row) {

        Row at(Instant now) {
            return unsettled != null && now.isBefore(settled) ? unsettled : row;
        }
    }

    /**
     * @param accounts whose logs there are
     * @param speed how many times earlier than RingCentral's the log is
     */
    public PlatformCallLog(Clock clock, List<String> accounts, double speed) {
        this.clock = clock;
        this.accounts = List.copyOf(accounts);
        this.speed = speed;
    }

    /** Makes the log differ from as many of the next calls. */
    public synchronized void plant(LogDifference difference, int calls) {
        for (int i = 0; i < calls; i++) {
            plan.add(difference);
        }
    }

    /** All that the log differs in. */
    public synchronized List<Planted> planted() {
        return List.copyOf(planted);
    }

    /** The last notification of a call was sent. */
    public synchronized void ended(JsonNode truth) {
        String account = truth.path("accountId").asText();
        LogDifference difference = LogDifference.fits(truth) ? plan.poll() : null;
        boolean queue = truth.path("queues").size() > 0;
        LogRecords writer = writer(account);
        for (JsonNode session : truth.path("sessions")) {
            String id = session.path("telephonySessionId").asText();
            Instant known = clock.instant().plus(delay(id));
            Instant settled = queue ? known.plus(faster(Math.floorMod(id.hashCode(), LONGEST_UNSETTLED))) : known;
            ObjectNode record = writer.finished(truth, session);
            List<Logged> logged = new ArrayList<>();
            for (ObjectNode shown : difference == null ? List.of(record) : difference.of(record)) {
                ObjectNode unsettled = queue ? LogRecords.unsettled(shown) : null;
                logged.add(new Logged(
                        difference == LogDifference.OTHER_ACCOUNT ? other(account) : account,
                        known,
                        settled,
                        unsettled == null ? null : row(unsettled, known),
                        row(shown, settled)));
            }
            ended.put(account + "/" + id, new Ended(known, logged));
            if (difference != null) {
                boolean itself = difference != LogDifference.MISSING_HERE;
                planted.add(new Planted(
                        difference,
                        account,
                        itself
                                ? id
                                : logged.get(1)
                                        .row()
                                        .json("")
                                        .path("telephonySessionId")
                                        .asText()));
            }
        }
    }

    private String other(String account) {
        return accounts.stream()
                .filter(each -> !each.equals(account))
                .findFirst()
                .orElse("");
    }

    /** What the log of an account shows now of sessions that are over. */
    synchronized List<Row> rows(String account, Instant now) {
        List<Row> rows = new ArrayList<>();
        for (Ended session : ended.values()) {
            for (Logged record : session.records()) {
                if (record.account().equals(account) && !record.known().isAfter(now)) {
                    rows.add(record.at(now));
                }
            }
        }
        return rows;
    }

    /** Whether the log knows now that a session is over. */
    synchronized boolean isOver(String account, String session, Instant now) {
        Ended found = ended.get(account + "/" + session);
        return found != null && !found.known().isAfter(now);
    }

    /** A session that is not over. */
    Row running(String account, SessionHistory session, Map<String, SessionHistory.Sent> parties) {
        Instant last = parties.values().stream()
                .map(SessionHistory.Sent::at)
                .max(Instant::compareTo)
                .orElseThrow();
        return row(writer(account).inProgress(session, parties), last.plus(delay(session.id())));
    }

    private static LogRecords writer(String account) {
        return new LogRecords(BASE + "/restapi/v1.0/account/" + account);
    }

    private static Row row(ObjectNode record, Instant modified) {
        return new Row(
                record.path("id").asText(),
                Instant.parse(record.path("startTime").asText()),
                modified,
                WireJson.text(record));
    }

    /** How late the log is about a session. */
    Duration delay(String session) {
        return faster(SHORTEST_DELAY + Math.floorMod(session.hashCode(), DELAYS));
    }

    private Duration faster(int seconds) {
        return Duration.ofMillis(Math.round(Duration.ofSeconds(seconds).toMillis() / speed));
    }
}
