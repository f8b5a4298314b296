package io.callweave.report;

import io.callweave.call.record.CallRecord;
import io.callweave.directory.DirectoryLookup;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Measures;
import io.callweave.metrics.Scope;
import io.callweave.metrics.Share;
import io.callweave.metrics.WindowRules;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The figures of finished calls. The order of the calls makes no difference. Memory grows with hours, queues, agents and
 * numbers up to a bound, and by some bytes per call: a start time for each outside number.
 */
public final class CallReport {

    private static final int MOST_NAMED = 5;

    private final ReportRules rules;
    private final WindowRules windows;
    private final Volumes volumes;
    private final QueueFigures queues;
    private final AgentFigures agents;
    private final NumberFigures numbers;
    private final LongestWaits longest;
    private final QueueSentiment sentiment;
    private final Transferred transferred = new Transferred();
    private final Quality quality;
    private final FiguresRoom room;
    private final SortedSet<String> accountsSeen = new TreeSet<>();
    private long excluded;
    private @Nullable Long firstSeen;
    private @Nullable Long lastSeen;

    /** @param mostBytes that figures may take; an account with more is not counted in full */
    public CallReport(ReportRules rules, DirectoryLookup directory, long mostBytes) {
        this.rules = rules;
        this.windows = rules.windows();
        this.room = new FiguresRoom(mostBytes);
        ExtensionNames names = new ExtensionNames(directory, room);
        this.volumes = new Volumes(rules, room);
        this.queues = new QueueFigures(rules, names, room);
        this.agents = new AgentFigures(rules, names, room);
        this.numbers = new NumberFigures(room);
        this.longest = new LongestWaits(rules, names);
        this.sentiment = new QueueSentiment(rules, names, room);
        this.quality = new Quality(room);
    }

    /** Adds the last record of a call that is not superseded. */
    public void add(CallRecord call) {
        if (rules.excluded().excludes(call)) {
            excluded++;
            return;
        }
        long start = call.times().startTime();
        firstSeen = firstSeen == null ? start : Math.min(firstSeen, start);
        lastSeen = lastSeen == null ? start : Math.max(lastSeen, start);
        if (accountsSeen.size() < MOST_NAMED) {
            accountsSeen.add(call.accountId());
        }
        if (!rules.takes(call)) {
            return;
        }
        List<Share> shares = CountedCall.of(call, windows).shares();
        quality.add(call, shares.isEmpty());
        if (shares.isEmpty()) {
            return; // somebody only listened
        }
        Measures whole = null;
        for (Share share : shares) {
            switch (share.scope()) {
                case ACCOUNT -> whole = share.measures();
                case QUEUE -> queues.add(call, share);
                default -> numbers.add(call, share.scope() == Scope.NUMBER ? share.scopeId() : null, share.measures());
            }
        }
        if (whole != null) {
            volumes.add(call.accountId(), start, whole);
            numbers.call(call, whole);
        }
        agents.add(call);
        transferred.add(call);
        longest.add(call);
        sentiment.add(call);
    }

    /** Adds a time in which notifications may be missing, both in milliseconds since the epoch. */
    public void addFeedGap(String accountId, long from, long to) {
        boolean inside = (rules.from() == null || to >= rules.from().toEpochMilli())
                && (rules.to() == null || from < rules.to().toEpochMilli())
                && (rules.accountId() == null || rules.accountId().equals(accountId));
        if (inside) {
            quality.addGap(accountId, from, to);
        }
    }

    public ReportRules rules() {
        return rules;
    }

    public Volumes volumes() {
        return volumes;
    }

    public QueueFigures queues() {
        return queues;
    }

    public Quality quality() {
        return quality;
    }

    /** How many calls were left out, because they must not be shown. */
    public long excluded() {
        return excluded;
    }

    /** The start of the first call that was seen, also of one that is not counted; null if there was none. */
    public @Nullable Long firstSeen() {
        return firstSeen;
    }

    /** The start of the last call that was seen. */
    public @Nullable Long lastSeen() {
        return lastSeen;
    }

    /** Some accounts of calls that were seen, also of those that are not counted. */
    public SortedSet<String> accountsSeen() {
        return Collections.unmodifiableSortedSet(accountsSeen);
    }

    /** The accounts with more agents, queues, numbers or hours than fit in the memory: some of these have no figures. */
    public SortedSet<String> notInFull() {
        return room.full();
    }

    /** Whether RingCentral's AI judged a recording of a call from a queue. */
    public boolean hasSentiment() {
        return !sentiment.isEmpty();
    }

    /** All tables, in the order of the page. */
    public List<Table> tables() {
        return List.of(
                volumes.totals(),
                volumes.byDay(),
                volumes.byHour(),
                queues.table(),
                queues.intervals(),
                longest.table(),
                sentiment.table(),
                agents.table(),
                transferred.table(),
                numbers.busiest(),
                numbers.repeats(),
                quality.table(),
                quality.gaps());
    }
}
