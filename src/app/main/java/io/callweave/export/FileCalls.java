package io.callweave.export;

import io.callweave.call.CallRules;
import io.callweave.call.record.CallRecord;
import io.callweave.files.FileNotifications;
import io.callweave.files.KeptNotifications;
import io.callweave.files.NotificationLine;
import io.callweave.files.Tally;
import io.callweave.notification.ParseResult;
import io.callweave.notification.Rejection;

/**
 * The calls that are in files of notifications: the core alone, as {@code assemble}, but with the party events on disk. One
 * call at a time is in memory.
 */
public final class FileCalls implements AutoCloseable {

    private final DiskTable table = new DiskTable();
    private final RecordedEvents events;
    private final RecordedFacts facts = new RecordedFacts(table);
    private final RecordedCalls calls;

    /** @param withTexts whether the texts of events are kept, too; they take more room on the disk */
    public FileCalls(boolean withTexts) {
        events = new RecordedEvents(table, withTexts);
        calls = new RecordedCalls(table, events, facts);
    }

    /** Takes calls. */
    @FunctionalInterface
    public interface Taker<E extends Exception> {
        void take(CallRecord call) throws E;
    }

    /** Reads all lines and finds the calls in them; once, before anything else. */
    public void read(FileNotifications lines, KeptNotifications reader, Tally tally, ExportProgress progress) {
        long count = 0;
        while (lines.hasNext()) {
            NotificationLine line = lines.next();
            tally.line();
            progress.at(++count + " notifications read", count, 0);
            ParseResult reading = reader.read(line.value());
            if (reading instanceof ParseResult.Skipped skipped) {
                tally.skipped(skipped.kind().wireName(), 1);
            }
            reading.events().forEach(events::add);
            if (reading instanceof ParseResult.OfFact fact) {
                facts.add(fact.notice());
            }
            Rejection rejection = reading.rejection();
            if (rejection != null) {
                tally.bad(rejection.reason().wireName());
            }
        }
        calls.index(progress);
        facts.place();
        for (long i = 0; i < calls.size(); i++) {
            tally.call();
        }
    }

    /**
     * The calls of a period, by start.
     *
     * @throws E what the taker throws
     */
    public <E extends Exception> void each(ExportPeriod period, CallRules rules, Taker<E> taker) throws E {
        calls.calls(period, rules, taker);
    }

    long size() {
        return calls.size();
    }

    RecordedEvents events() {
        return events;
    }

    @Override
    public void close() {
        table.close();
    }
}
