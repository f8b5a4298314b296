package io.callweave.bridge.audit;

import io.callweave.audit.Audit;
import io.callweave.audit.AuditDifference.Kind;
import io.callweave.audit.AuditHour;
import io.callweave.bridge.DurableSink;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.account.Privacy;
import io.callweave.bridge.holder.Holder;
import io.callweave.bridge.transport.BridgeServices;
import io.callweave.bridge.transport.Transport;
import io.callweave.bridge.transport.Upkeep;
import io.callweave.feedgap.FeedGapJson;
import io.callweave.ringcentral.Pause;
import io.callweave.ringcentral.RingCentralException;
import io.callweave.ringcentral.Server;
import io.callweave.ringcentral.calllog.CallLogReader;
import io.callweave.topics.TopicReader;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the calls of the accounts that are this bridge's with RingCentral's Call Log, hour by hour. What is due follows from
 * the topic of comparisons, so that another bridge can go on. One account after the other: each has its own limit of requests,
 * and none is in a hurry.
 */
public final class AuditCare implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(AuditCare.class);
    private static final String SOURCE = "audit";
    private static final long TICK_MS = 1_000;
    private static final long HOUR_MS = Duration.ofHours(1).toMillis();

    /** After a failure. */
    private static final Duration AGAIN = Duration.ofMinutes(5);

    private final BridgeServices services;
    private final Holder holder;
    private final Server server;
    private final AuditTimes times;
    private final Auditor auditor;
    private final CallTopic calls;
    private final AuditRows rows;

    /** By account; used by the upkeep's thread. */
    private final Map<String, Long> nextNanos = new HashMap<>();

    private final Upkeep upkeep = new Upkeep("audit-care");

    private AuditCare(
            BridgeServices services,
            Holder holder,
            Server server,
            AuditTimes times,
            Auditor auditor,
            CallTopic calls,
            AuditRows rows) {
        this.services = services;
        this.holder = holder;
        this.server = server;
        this.times = times;
        this.auditor = auditor;
        this.calls = calls;
        this.rows = rows;
    }

    /**
     * Begins with the accounts that the holder gives. Kafka need not be there.
     *
     * @param holder stays the caller's, who closes it afterwards
     * @param sink takes the rows
     * @param prefix of the topics
     */
    public static AuditCare start(
            BridgeServices services,
            Holder holder,
            Server server,
            AuditTimes times,
            Auditor auditor,
            TopicReader topics,
            DurableSink sink,
            String prefix) {
        AuditCare care = new AuditCare(
                services,
                holder,
                server,
                times,
                auditor,
                new CallTopic(topics, prefix),
                new AuditRows(topics, sink, prefix));
        care.upkeep.every(TICK_MS, care::lookAtDue);
        return care;
    }

    /** Calls do not depend on comparisons. */
    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public void close() {
        upkeep.close();
    }

    private void lookAtDue() {
        for (Account account : services.accounts().get().all()) {
            Connection connection = account.connection();
            if (connection == null || !holder.holds(account.id())) {
                nextNanos.remove(account.id()); // another bridge goes on; back here, its rows are read again
                continue;
            }
            Long next = nextNanos.get(account.id());
            if (next == null || System.nanoTime() - next >= 0) {
                Duration wait = compare(account.id(), account.privacy(), connection);
                nextNanos.put(account.id(), System.nanoTime() + wait.toNanos());
            }
        }
    }

    /** Returns when the account is to be looked at again. */
    private Duration compare(String account, Privacy privacy, Connection connection) {
        Instant now = services.clock().instant();
        try {
            Auditor.Period due = times.due(rows.done(account), now);
            if (due != null) {
                CallLogReader log = new CallLogReader(
                        server.client(connection.credentials(), services.clock()),
                        account,
                        Pause.REAL,
                        services.clock());
                Auditor.Sides sides = auditor.read(account, privacy, due, log, calls, read -> {});
                boolean kept = keep(account, due, sides, now);
                return !kept ? AGAIN : times.isBehind(due, now) ? Duration.ZERO : times.every();
            }
            services.activity().artifacts(account, SOURCE, null);
            return times.every();
        } catch (RingCentralException e) {
            services.activity().artifacts(account, SOURCE, "Calls are not compared with the log. " + e.getMessage());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // such as of Kafka
            LOG.atWarn()
                    .setMessage("Calls of an account could not be compared with the log; trying again.")
                    .addKeyValue("account", account)
                    .addKeyValue("failure", e.getMessage())
                    .log();
        }
        return AGAIN;
    }

    private boolean keep(String account, Auditor.Period due, Auditor.Sides sides, Instant now) {
        List<FeedGapJson.Span> gaps = calls.gaps();
        boolean kept = true;
        long equal = 0;
        long comparable = 0;
        for (long hour = due.from(); hour < due.to(); hour += HOUR_MS) {
            Audit audit = auditor.compare(sides, new Auditor.Period(hour, hour + HOUR_MS), now, gaps);
            kept &= rows.write(new AuditHour(account, hour, now.toEpochMilli(), audit));
            equal += audit.count(Kind.EQUAL);
            comparable += audit.comparable();
        }
        services.activity().audited(account, comparable == 0 ? Double.NaN : (double) equal / comparable);
        services.activity().artifacts(account, SOURCE, null);
        return kept;
    }
}
