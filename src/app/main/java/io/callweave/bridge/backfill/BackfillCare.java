package io.callweave.bridge.backfill;

import io.callweave.bridge.Owner;
import io.callweave.bridge.account.Account;
import io.callweave.bridge.account.Connection;
import io.callweave.bridge.audit.CallTopic;
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
import io.callweave.value.Timestamps;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the calls of each known gap from the Call Log, once it has settled, for the accounts that are this bridge's. What was
 * brought is not remembered: after a restart, the gaps of the late window are looked at again, and what is known is left out.
 */
public final class BackfillCare implements Transport {

    private static final Logger LOG = LoggerFactory.getLogger(BackfillCare.class);

    /** Gaps are looked for so often while the log settles. */
    private static final int LOOKS = 5;

    /** Accounts whose calls are brought at once: RingCentral lets one with many calls wait for long before each page. */
    private static final int AT_ONCE = 8;

    private static final String SOURCE = "backfill";
    private static final Duration REFUSED = Duration.ofHours(1);

    private final BridgeServices services;
    private final Holder holder;
    private final Server server;
    private final CallTopic topic;
    private final Backfill backfill;
    private final BackfillTimes times;

    /** When a gap is looked at next, in milliseconds since the epoch. */
    private final Map<FeedGapJson.Span, Long> next = new ConcurrentHashMap<>();

    /** Accounts that wait for a thread or have one. */
    private final Set<String> busy = ConcurrentHashMap.newKeySet();

    private final ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, BackfillCare::thread);

    private final Upkeep upkeep = new Upkeep("backfill-care");

    private BackfillCare(
            BridgeServices services,
            Holder holder,
            Server server,
            TopicReader topics,
            String prefix,
            BackfillTimes times) {
        this.services = services;
        this.holder = holder;
        this.server = server;
        this.times = times;
        topic = new CallTopic(topics, prefix);
        backfill = new Backfill(topics, prefix, services.ours(), times, services.clock());
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, "backfill-care");
        thread.setDaemon(true);
        return thread;
    }

    /**
     * Begins with the accounts that the holder gives.
     *
     * @param holder stays the caller's, who closes it afterwards
     * @param prefix of the topics
     */
    public static BackfillCare start(
            BridgeServices services,
            Holder holder,
            Server server,
            TopicReader topics,
            String prefix,
            BackfillTimes times) {
        BackfillCare care = new BackfillCare(services, holder, server, topics, prefix, times);
        care.upkeep.every(times.settle().toMillis() / LOOKS, care::look);
        return care;
    }

    /** Other calls do not depend on it. */
    @Override
    public boolean isRunning() {
        return true;
    }

    @Override
    public void close() {
        upkeep.close();
        threads.shutdownNow();
    }

    private void look() {
        Map<String, Account> ours = new HashMap<>();
        for (Account account : services.accounts().get().all()) {
            if (account.connection() != null && holder.holds(account.id())) {
                ours.put(account.id(), account);
            }
        }
        if (ours.isEmpty()) {
            return;
        }
        long now = services.clock().millis();
        Set<FeedGapJson.Span> young = new HashSet<>();
        Map<Account, List<FeedGapJson.Span>> due = new LinkedHashMap<>();
        for (FeedGapJson.Span gap : gaps()) {
            Account account = ours.get(gap.accountId());
            if (account == null || gap.to() + times.lateWindow().toMillis() < now) {
                continue;
            }
            young.add(gap);
            if (!busy.contains(account.id())
                    && next.getOrDefault(gap, gap.to() + times.settle().toMillis()) <= now) {
                due.computeIfAbsent(account, unused -> new ArrayList<>()).add(gap);
            }
        }
        if (!young.isEmpty()) {
            next.keySet().retainAll(young);
        }
        due.forEach((account, gaps) -> {
            busy.add(account.id());
            threads.execute(() -> bring(account, gaps));
        });
    }

    private void bring(Account account, List<FeedGapJson.Span> gaps) {
        try {
            for (FeedGapJson.Span joined : Backfill.joined(gaps)) {
                long again = services.clock().millis() + bring(account, joined).toMillis();
                gaps.stream()
                        .filter(gap -> gap.from() >= joined.from() && gap.to() <= joined.to())
                        .forEach(gap -> next.put(gap, again));
            }
        } finally {
            busy.remove(account.id());
        }
    }

    private List<FeedGapJson.Span> gaps() {
        try {
            return topic.gaps();
        } catch (RuntimeException e) { // of Kafka, which need not be there
            LOG.debug("Gaps cannot be read.", e);
            return List.of();
        }
    }

    /** Returns when to look at the gap again. */
    private Duration bring(Account account, FeedGapJson.Span gap) {
        Connection connection = account.connection();
        if (connection == null) {
            return REFUSED;
        }
        try {
            CallLogReader log = new CallLogReader(
                    server.client(connection.credentials(), services.clock()),
                    account.id(),
                    Pause.REAL,
                    services.clock());
            Backfill.Result result = backfill.bring(Owner.of(account), Backfill.period(gap), log, true, entry -> {});
            LOG.atInfo()
                    .setMessage("Calls of a gap were looked for in the Call Log.")
                    .addKeyValue("account", account.id())
                    .addKeyValue("from", Timestamps.iso(gap.from()))
                    .addKeyValue("to", Timestamps.iso(gap.to()))
                    .addKeyValue("written", result.of(Backfill.Fate.WRITTEN))
                    .addKeyValue("whole", result.of(Backfill.Fate.WHOLE))
                    .addKeyValue("closed", result.of(Backfill.Fate.CLOSED))
                    .addKeyValue("running", result.of(Backfill.Fate.RUNNING))
                    .addKeyValue("settling", result.of(Backfill.Fate.SETTLING))
                    .addKeyValue("requests", result.requests())
                    .log();
            services.activity().artifacts(account.id(), SOURCE, null);
            if (result.of(Backfill.Fate.SETTLING) > 0) {
                return times.settle().dividedBy(LOOKS);
            }
            return result.of(Backfill.Fate.RUNNING) > 0 ? times.settle() : times.lateWindow();
        } catch (RingCentralException e) {
            services.activity()
                    .artifacts(
                            account.id(),
                            SOURCE,
                            "Calls of a gap are not brought from the Call Log. " + e.getMessage());
            return e.passes() ? times.settle() : REFUSED;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return times.settle();
        } catch (RuntimeException e) { // such as of Kafka
            LOG.atWarn()
                    .setMessage("Calls of a gap could not be brought from the Call Log; trying again.")
                    .addKeyValue("account", account.id())
                    .addKeyValue("failure", e.getMessage())
                    .log();
            return times.settle();
        }
    }
}
