package io.callweave.export;

import io.callweave.call.CallRules;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.session.Session;
import io.callweave.listing.CallListing;
import io.callweave.metrics.WindowRules;
import io.callweave.record.CallRecordJson;
import io.callweave.record.PartyEventJson;
import io.callweave.record.PartyRowJson;
import io.callweave.topology.directory.Directory;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Values of the calls that are in files of notifications. Calls, rows and windows come by time.
 */
public final class FileExport implements ExportSource {

    /** The longest window and a change of clocks: calls so long after the period's end can be in one of its windows. */
    private static final long LONGEST_WINDOW_MS = TimeUnit.HOURS.toMillis(26);

    private final CallRules rules;
    private final WindowRules windows;
    private final Directory directory;
    private final FileCalls calls;
    private final LeftOut leftOut;

    /** @param calls what was read, with the texts of events if events are to be exported; closed by this */
    public FileExport(FileCalls calls, CallRules rules, WindowRules windows, Directory directory, LeftOut leftOut) {
        this.calls = calls;
        this.leftOut = leftOut;
        this.rules = rules;
        this.windows = windows;
        this.directory = directory;
    }

    @Override
    public long export(ExportKind kind, ExportSelection selection, CallListing out, ExportProgress progress)
            throws IOException {
        Counted to = new Counted(kind, selection, out, progress);
        return switch (kind) {
            case CALLS -> to.calls();
            case ROWS -> to.rows();
            case WINDOWS -> to.windows();
            case EVENTS -> to.events();
        };
    }

    @Override
    public void close() {
        calls.close();
    }

    private final class Counted {

        private final ExportKind kind;
        private final ExportSelection selection;
        private final CallListing out;
        private final ExportProgress progress;
        private long done;
        private long written;

        Counted(ExportKind kind, ExportSelection selection, CallListing out, ExportProgress progress) {
            this.kind = kind;
            this.selection = selection;
            this.out = out;
            this.progress = progress;
        }

        long calls() throws IOException {
            each(selection.period(), call -> write(CallRecordJson.write(call, 1)));
            return written;
        }

        /** A party can come to a call that began before the period. */
        long rows() throws IOException {
            ExportPeriod period = selection.period();
            each(new ExportPeriod(Long.MIN_VALUE, period.to()), call -> {
                for (PartyRecord party : call.parties()) {
                    if (period.contains(party.startTime())) {
                        write(PartyRowJson.write(
                                call,
                                party,
                                1,
                                0,
                                directory.find(call.accountId(), party.extensionId()),
                                directory.find(call.accountId(), party.queueExtensionId())));
                    }
                }
            });
            return written;
        }

        long windows() throws IOException {
            ExportPeriod period = selection.period();
            long to =
                    period.to() > Long.MAX_VALUE - LONGEST_WINDOW_MS ? Long.MAX_VALUE : period.to() + LONGEST_WINDOW_MS;
            OpenWindows open = new OpenWindows(windows, directory, selection, out);
            each(new ExportPeriod(period.from(), to), open::add);
            return open.finish();
        }

        /** By session: of several bodies of one event, the one that counts in the call. */
        long events() throws IOException {
            if (!leftOut.isNothing()) {
                calls.<RuntimeException>each(ExportPeriod.ALL, rules, leftOut::learn);
            }
            calls.events().<IOException>sessions(session -> {
                step(calls.events().size());
                if (selection.hasAccount(session.key().accountId()) && !leftOut.hasSession(session)) {
                    write(session);
                }
            });
            return written;
        }

        private void write(Session session) throws IOException {
            Map<String, PartyEvent> before = new HashMap<>();
            for (PartyEvent event : session.events()) {
                PartyEvent previous = before.put(event.partyId(), event);
                if (selection.period().contains(event.eventTime())) {
                    write(PartyEventJson.write(
                            event,
                            false,
                            previous == null ? null : previous.facts().status(),
                            previous == null ? null : previous.eventTime()));
                }
            }
        }

        private void each(ExportPeriod period, FileCalls.Taker<IOException> taker) throws IOException {
            calls.<IOException>each(period, rules, call -> {
                step(calls.size());
                if (selection.hasAccount(call.accountId()) && !leftOut.hasCall(call)) {
                    taker.take(call);
                }
            });
        }

        private void write(byte[] value) throws IOException {
            out.add(value);
            written++;
        }

        private void step(long total) {
            done++;
            progress.at(kind.word() + ": " + written + " written", done, total);
        }
    }
}
