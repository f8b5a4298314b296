package io.callweave.record;

import static io.callweave.value.Meaning.sameAs;
import static io.callweave.value.Meaning.says;

import io.callweave.metrics.Count;
import io.callweave.metrics.Distribution;
import io.callweave.metrics.Figure;
import io.callweave.metrics.RecordDigest;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowRules;
import io.callweave.value.Field;
import io.callweave.value.JsonOut;
import io.callweave.value.Timestamps;
import io.callweave.value.ValueType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The figures of one window as one line of JSON; docs/figures.md has the formula of each. */
public final class WindowJson {

    /**
     * The figures of a window as they are emitted.
     *
     * @param scopeName what people call the extension or queue; null if that is not known
     * @param end of the window, in milliseconds since 1970
     * @param epoch of the application's state
     * @param aggregate of one call at least
     * @param thresholdMs of the service level; null if the queues of the account have several
     */
    record EmittedWindow(
            WindowKey key,
            @Nullable String scopeName,
            long end,
            long epoch,
            WindowAggregate aggregate,
            @Nullable Long thresholdMs) {

        long count(Count count) {
            return aggregate.count(count);
        }

        boolean hasRecords() {
            return count(Count.RECORDS) > 0;
        }

        Distribution figure(Figure figure) {
            return aggregate.figure(figure);
        }
    }

    static final ValueType<Distribution> DISTRIBUTION = ValueType.<Distribution>named(
                    "distribution",
                    says("Of the calls of a window that have such a value.").see("figures.md#distributions"))
            .integer(
                    "count",
                    Distribution::count,
                    says("Calls that have a value: all, but for `ring` those in which a phone rang, for `handle` and "
                            + "`timeToAnswer` answered ones."))
            .millis("sumMs", Distribution::sum, says("Sum of the values."))
            .millisOrNull(
                    "avgMs",
                    WindowJson::hasValues,
                    Distribution::average,
                    says("`sumMs` / `count`, rounded half up. Null if `count` is 0, as the following fields."))
            .millisOrNull("maxMs", WindowJson::hasValues, Distribution::max, says("The largest value."))
            .millisOrNull(
                    "p50Ms",
                    WindowJson::hasValues,
                    values -> values.percentile(50),
                    says("Percentile by nearest rank: `p90Ms` is the value at place ⌈90/100 · `count`⌉ by size."))
            .millisOrNull(
                    "p90Ms",
                    WindowJson::hasValues,
                    values -> values.percentile(90),
                    says("Percentile by nearest rank: `p90Ms` is the value at place ⌈90/100 · `count`⌉ by size."))
            .millisOrNull(
                    "p95Ms",
                    WindowJson::hasValues,
                    values -> values.percentile(95),
                    says("Percentile by nearest rank: `p90Ms` is the value at place ⌈90/100 · `count`⌉ by size."))
            .millisOrNull(
                    "p99Ms",
                    WindowJson::hasValues,
                    values -> values.percentile(99),
                    says("Percentile by nearest rank: `p90Ms` is the value at place ⌈90/100 · `count`⌉ by size."))
            .end();

    static final ValueType<EmittedWindow> SERVICE_LEVEL = ValueType.<EmittedWindow>named(
                    "serviceLevel",
                    says("How many calls were answered in time; for an account, how many visits to its queues. "
                                    + "Outgoing calls do not count.")
                            .see("figures.md#service-level"))
            .titled("service level")
            .millisOrNull(
                    "thresholdMs",
                    EmittedWindow::thresholdMs,
                    says("`metrics.service-level`, 20 seconds by default; for a queue, its own in "
                            + "`metrics.service-levels`. Null for an account with a queue that has another "
                            + "threshold."))
            .integer(
                    "answeredWithin",
                    window -> window.count(Count.ANSWERED_WITHIN),
                    says("Those of `counted` with the outcome `answered` and a `timeToAnswer` of at most "
                            + "`thresholdMs`. Account: visits with a `waitMs` of at most the threshold of the queue."))
            .integer(
                    "counted",
                    window -> window.count(Count.COUNTED),
                    says("Calls with the outcome `answered`, `missed` or `abandoned` that are not outgoing, without "
                            + "calls abandoned before `metrics.short-abandon`. Account: the visits to its queues, "
                            + "which are entries of `queues`, by the same rules."))
            .ratioOrNull(
                    "ratio",
                    WindowJson::ratio,
                    says("`answeredWithin` / `counted`, to four decimals; null if `counted` is 0."))
            .end();

    static final ValueType<EmittedWindow> WINDOW = ValueType.<EmittedWindow>named(
                    "window-metrics",
                    says("Figures of the calls that start in a window, updated when a call is revised or "
                                    + "superseded; a tombstone when the window has no calls left.")
                            .see("figures.md#windows"))
            .keyed(
                    "accountId/scope/scopeId/window/windowStart",
                    true,
                    "account",
                    "schemaVersion",
                    "lastReceivedAt",
                    "epoch")
            .text("accountId", window -> window.key().accountId(), says("The account."))
            .text(
                    "scope",
                    window -> window.key().scope().wireName(),
                    says("What the calls are counted for.")
                            .oneOf("account", "extension", "queue", "number", "department")
                            .analytics("`groupBy`")
                            .see("figures.md#which-calls-are-in-a-window"))
            .text(
                    "scopeId",
                    window -> window.key().scopeId(),
                    says("The account, the extension, the queue's extension, the phone number, or the name of "
                            + "the department."))
            .textOrNull(
                    "scopeName",
                    EmittedWindow::scopeName,
                    says("Name of the extension or queue in the directory; null in other scopes.")
                            .see("connect.md#names-of-extensions"))
            .text(
                    "window",
                    window -> window.key().size().name(),
                    says("Length of the window, as an ISO-8601 period.")
                            .oneOf("PT1M", "PT15M", "PT1H", "P1D")
                            .analytics("`interval`")
                            .see("figures.md#which-calls-are-in-a-window"))
            .time("windowStart", window -> window.key().start(), says("Start of the window, inclusive."))
            .time("windowEnd", EmittedWindow::end, says("End of the window, exclusive."))
            .integer("epoch", EmittedWindow::epoch, sameAs(CallRecordJson.CALL, "epoch"))
            .integer(
                    "calls",
                    window -> window.count(Count.CALLS),
                    says("All calls of the window.").analytics("`allCalls`"))
            .integer(
                    "answered",
                    window -> window.count(Count.ANSWERED),
                    says("Account, number: answered calls. Extension, department: calls that it answered, and "
                                    + "answered calls that it placed. Queue: calls answered by a party that it rang.")
                            .analytics("`callsByResponse`: Answered or Connected"))
            .integer(
                    "answeredElsewhere",
                    window -> window.count(Count.ANSWERED_ELSEWHERE),
                    says("Extension, department: calls that somebody else answered. Queue: calls answered by "
                            + "a party that it did not ring. Others: 0."))
            .integer(
                    "voicemail",
                    window -> window.count(Count.VOICEMAIL),
                    says("Not answered, and a party was in Voicemail.").analytics("`callsByResult`: Voicemail"))
            .integer(
                    "overflow",
                    window -> window.count(Count.OVERFLOW),
                    says("Queue: calls that left for another queue, and that nobody answered. Others: 0.")
                            .analytics("`callsByType`: Overflow")
                            .see("figures.md#the-windows-of-a-queue"))
            .integer(
                    "abandoned",
                    window -> window.count(Count.ABANDONED),
                    says("Not answered, not outgoing, and a queue had the call. Queue: calls that ended in it "
                                    + "without an answer.")
                            .analytics("`callsByResult`: Abandoned"))
            .integer(
                    "missed",
                    window -> window.count(Count.MISSED),
                    says("All other calls that were not answered.").analytics("`callsByResult`: Missed"))
            .integer(
                    "unanswered",
                    window -> window.count(Count.UNANSWERED),
                    says("Not answered, outgoing.").analytics("`callsByResponse`: NotConnected"))
            .integer("fax", window -> window.count(Count.FAX), says("Calls of type Fax."))
            .integer(
                    "transferred",
                    window -> window.count(Count.TRANSFERRED),
                    says("Calls with a blind or attended transfer.")
                            .analytics("`callsByActions`: BlindTransfer, WarmTransfer"))
            .integer(
                    "inbound",
                    window -> window.count(Count.INBOUND),
                    says("Calls with the `direction` Inbound.").analytics("`callsByDirection`"))
            .integer(
                    "outbound",
                    window -> window.count(Count.OUTBOUND),
                    says("Calls with the `direction` Outbound that are not internal.")
                            .analytics("`callsByDirection`"))
            .integer(
                    "internal",
                    window -> window.count(Count.INTERNAL),
                    says("Calls from one own extension to another.").analytics("`callsByOrigin`: Internal"))
            .integer("partial", window -> window.count(Count.PARTIAL), says("Calls with the status `partial`."))
            .object(
                    "ring",
                    DISTRIBUTION,
                    window -> window.figure(Figure.RING),
                    says("Of `ringMs`, of calls in which a phone rang.").analytics("`callsSegments`: Ringing"))
            .object(
                    "talk",
                    DISTRIBUTION,
                    window -> window.figure(Figure.TALK),
                    says("Of `talkMs`, which is 0 if nobody answered. Without faxes, `sumMs` / `answered` is "
                                    + "the average of answered calls.")
                            .analytics("`callsSegments`: LiveTalk"))
            .object(
                    "hold",
                    DISTRIBUTION,
                    window -> window.figure(Figure.HOLD),
                    says("Of `holdMs`, which is 0 if nobody was on hold.").analytics("`callsSegments`: Hold"))
            .object(
                    "handle",
                    DISTRIBUTION,
                    window -> window.figure(Figure.HANDLE),
                    says("Of `talkMs` + `holdMs`, of calls with the outcome `answered`. The average is the average "
                                    + "handle time; work after the call is not known.")
                            .analytics("`callsSegments`: LiveTalk + Hold"))
            .object(
                    "timeToAnswer",
                    DISTRIBUTION,
                    window -> window.figure(Figure.TIME_TO_ANSWER),
                    says("Account, number: of `timeToAnswerMs`. Extension, department: from `startTime` to "
                            + "the first answer of its parties. Queue: of `waitMs` of calls that it answered, so "
                            + "the average is the average speed of answer."))
            .object(
                    "duration",
                    DISTRIBUTION,
                    window -> window.figure(Figure.DURATION),
                    says("Of `durationMs`, of all calls, from the start to the end, with IVR and queue.")
                            .analytics("`allCallsDuration`"))
            .object(
                    "serviceLevel",
                    SERVICE_LEVEL,
                    window -> window,
                    says("How many calls were answered in time. Account: how many visits to its queues.")
                            .analytics("`callsByQueueSla`: InSLA"))
            .integerOrNull(
                    "records",
                    window -> window.hasRecords() ? window.count(Count.RECORDS) : null,
                    says("Newest records of `calls` that start in the hour, without superseded ones, also of calls "
                                    + "that do not count. Only in hourly windows of the account.")
                            .see("proof.md"))
            .textOrNull(
                    "recordsDigest",
                    window -> window.hasRecords()
                            ? RecordDigest.text(window.aggregate().digest())
                            : null,
                    says("Their sum modulo 2^64, in 16 hexadecimal digits: of each, the first eight bytes of SHA-256 "
                                    + "of `callId\\|epoch\\|revision`.")
                            .see("proof.md"))
            .end();

    private static final int USUAL_HEAD = 320;
    private static final int USUAL_FIGURES = 900;
    private static final int RATIO_DECIMALS = 4;
    private static final WindowAggregate NONE = new WindowAggregate();

    private static final int FIRST_FIGURE = WINDOW.fields().indexOf(WINDOW.field("calls"));
    private static final List<Field<EmittedWindow>> HEAD = WINDOW.fields().subList(0, FIRST_FIGURE);
    private static final List<Field<EmittedWindow>> FIGURES =
            WINDOW.fields().subList(FIRST_FIGURE, WINDOW.fields().size());

    private WindowJson() {}

    public static String key(WindowKey window) {
        return window.accountId() + "/" + window.scope().wireName() + "/" + window.scopeId() + "/"
                + window.size().name() + "/" + Timestamps.iso(window.start());
    }

    /**
     * Writes one window.
     *
     * @param scopeName what people call the extension or queue; null if that is not known
     * @param epoch of the application's state
     * @param aggregate of one call at least
     * @return UTF-8, no line break
     */
    public static byte[] write(
            WindowKey window, @Nullable String scopeName, long epoch, WindowAggregate aggregate, WindowRules rules) {
        return write(
                window, scopeName, rules.end(window), epoch, figures(window, aggregate, rules.thresholdMs(window)));
    }

    /**
     * The figures of a window: all fields from {@code calls} on. Those of a single call are the same in each of its windows.
     *
     * @param aggregate of one call at least
     * @param thresholdMs of the service level; null if the queues of the account have several
     */
    public static byte[] figures(WindowKey window, WindowAggregate aggregate, @Nullable Long thresholdMs) {
        JsonOut out = new JsonOut(USUAL_FIGURES);
        out.beginObject();
        write(out, FIGURES, new EmittedWindow(window, null, 0, 0, aggregate, thresholdMs));
        out.endObject();
        return out.toBytes();
    }

    /** Writes one window with {@link #figures} that are known already; all else as above. */
    public static byte[] write(WindowKey window, @Nullable String scopeName, long end, long epoch, byte[] figures) {
        JsonOut out = new JsonOut(USUAL_HEAD);
        out.beginObject();
        write(out, HEAD, new EmittedWindow(window, scopeName, end, epoch, NONE, null));
        byte[] head = out.toBytes();
        byte[] json = Arrays.copyOf(head, head.length + figures.length);
        json[head.length] = ',';
        System.arraycopy(figures, 1, json, head.length + 1, figures.length - 1);
        return json;
    }

    private static void write(JsonOut out, List<Field<EmittedWindow>> fields, EmittedWindow window) {
        for (Field<EmittedWindow> field : fields) {
            field.write(out, window);
        }
    }

    private static boolean hasValues(Distribution values) {
        return values.count() > 0;
    }

    private static @Nullable BigDecimal ratio(EmittedWindow window) {
        long all = window.count(Count.COUNTED);
        return all == 0
                ? null
                : BigDecimal.valueOf(window.count(Count.ANSWERED_WITHIN))
                        .divide(BigDecimal.valueOf(all), RATIO_DECIMALS, RoundingMode.HALF_UP);
    }
}
