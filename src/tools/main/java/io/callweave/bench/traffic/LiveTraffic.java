package io.callweave.bench.traffic;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * An endless flow of calls in simulated time. Calls begin at a constant rate, and each runs at its own pace to its end.
 * Two flows with the same templates, accounts, start and gap are the same. Only running calls are in memory.
 */
public final class LiveTraffic {

    /** This share of all sessions is usually joined with another one. */
    public static final double LINKED_SHARE = 0.15;

    private static final long FIRST_ACCOUNT = 100_000_000;

    private final CallTemplates templates;
    private final int accounts;
    private final double gap;
    private final double linked;
    private final PriorityQueue<RunningCall> running =
            new PriorityQueue<>(Comparator.comparingLong(RunningCall::time).thenComparingLong(RunningCall::number));
    private double nextStart;
    private long now;
    private long begun;
    private long calls;
    private long sessions;
    private long mixedSessions;
    private long linkedSessions;
    private int nextLinked;
    private int nextUnlinked;
    private int nextBrief;

    /** Receives notifications in the order of their receipt. */
    public interface Sink {

        /**
         * Receives one notification.
         *
         * @param session the telephony session, which is the key
         * @param receivedAt in milliseconds since the epoch
         */
        void send(String session, byte[] notification, long receivedAt);
    }

    /**
     * A flow without any call so far.
     *
     * @param start of the simulated time, in milliseconds since the epoch
     * @param gap from the start of a call to that of the next, in milliseconds
     * @param linked the share of the sessions of the usual mix that is joined with another one, from 0 to 1
     */
    public LiveTraffic(CallTemplates templates, int accounts, long start, double gap, double linked) {
        this(templates, accounts, start, gap, linked, 0);
    }

    /** @param firstSession its number: other runs on the same topics have others */
    public LiveTraffic(
            CallTemplates templates, int accounts, long start, double gap, double linked, long firstSession) {
        this.sessions = firstSession;
        this.templates = templates;
        this.accounts = accounts;
        this.gap = gap;
        this.linked = linked;
        this.nextStart = start;
        this.now = start;
    }

    /** Sends the usual mix; returns the number of notifications. */
    public long mixed(long notifications, Sink sink) {
        return run(notifications, Long.MAX_VALUE, () -> true, () -> begin(mixedTemplate()), sink);
    }

    /** Sends brief calls until this many calls have begun since the start, or this many notifications were sent. */
    public long brief(long callsBegun, long notifications, Sink sink) {
        return run(
                notifications,
                Long.MAX_VALUE,
                () -> begun < callsBegun,
                () -> begin(pick(templates.brief(), nextBrief++)),
                sink);
    }

    /**
     * Sends what happens until a time, but no call of the usual mix that is over by then. So the calls that go on at that
     * time are the same as if all had been sent, with much less traffic.
     *
     * @param time in milliseconds since the epoch
     * @param notifications the most to be sent; fewer if the time comes before
     */
    public long goingOnAt(long time, long notifications, Sink sink) {
        return run(notifications, time, () -> nextStart <= time, () -> beginIfLasting(mixedTemplate(), time), sink);
    }

    /** Whether a call begins or goes on until this time, in milliseconds since the epoch. */
    public boolean happensUntil(long time) {
        RunningCall soonest = running.peek();
        return nextStart <= time || (soonest != null && soonest.time() <= time);
    }

    /** Sends only the rest of the running calls. */
    public long rest(Sink sink) {
        return run(Long.MAX_VALUE, Long.MAX_VALUE, () -> false, () -> {}, sink);
    }

    /** When the latest notification was received. */
    public long now() {
        return now;
    }

    /** The number of phone calls that have begun and not ended. */
    public int live() {
        return running.size();
    }

    /** The number of phone calls that have begun. */
    public long begun() {
        return begun;
    }

    /** The number of call records that those calls result in. */
    public long calls() {
        return calls;
    }

    /** The number of sessions of those calls. */
    public long sessions() {
        return sessions;
    }

    /** The share of the sessions of the usual mix that is joined with another one. */
    public double linkedShare() {
        return mixedSessions == 0 ? 0 : (double) linkedSessions / mixedSessions;
    }

    /** The number of a session, from 0 in the order of their start. */
    public static int sessionNumber(String telephonySessionId) {
        return (int) HexFormat.fromHexDigitsToLong(
                telephonySessionId, telephonySessionId.length() - 16, telephonySessionId.length());
    }

    private long run(long notifications, long until, BooleanSupplier more, Runnable beginNext, Sink sink) {
        long made = 0;
        while (made < notifications) {
            RunningCall soonest = running.peek();
            if (more.getAsBoolean() && (soonest == null || nextStart <= soonest.time())) {
                beginNext.run();
                continue;
            }
            if (soonest == null || soonest.time() > until) {
                break;
            }
            sendNext(sink);
            made++;
        }
        return made;
    }

    private void sendNext(Sink sink) {
        RunningCall call = running.remove();
        now = Math.max(now, call.time());
        sink.send(call.session(), call.notification(), now);
        if (!call.isAtItsLast()) {
            running.add(call.at(call.next() + 1));
        }
    }

    private void beginIfLasting(CallTemplate template, long until) {
        nextStart = Math.max(nextStart, (double) now);
        if ((long) nextStart + template.duration() > until) {
            begin(template);
        } else {
            nextStart += gap;
        }
    }

    private void begin(CallTemplate template) {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < template.sessions(); i++) {
            ids.add(hex(sessions++));
        }
        byte[] account = Long.toString(FIRST_ACCOUNT + begun % accounts).getBytes(StandardCharsets.US_ASCII);
        nextStart = Math.max(nextStart, (double) now);
        running.add(new RunningCall(begun++, template, (long) nextStart, account, List.copyOf(ids), 0));
        nextStart += gap;
        calls += template.calls();
    }

    private CallTemplate mixedTemplate() {
        CallTemplate template = linkedSessions < linked * mixedSessions
                ? pick(templates.linked(), nextLinked++)
                : pick(templates.unlinked(), nextUnlinked++);
        mixedSessions += template.sessions();
        linkedSessions += template.linkedSessions();
        return template;
    }

    private static CallTemplate pick(List<CallTemplate> from, int number) {
        return from.get(Math.floorMod(number, from.size()));
    }

    /** Spread over the whole range, like real ids; the number is at the end. */
    private static String hex(long number) {
        HexFormat format = HexFormat.of();
        return format.toHexDigits((number + 1) * 0x9E3779B97F4A7C15L) + format.toHexDigits(number);
    }
}
