package io.callweave.cli.files;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.fact.FactNotice;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import io.callweave.cli.common.ExitStatus;
import io.callweave.cli.common.Output;
import io.callweave.cli.common.SettingsCommand;
import io.callweave.directory.DirectoryEntry;
import io.callweave.explain.RecordedLine;
import io.callweave.explain.RecordedLines;
import io.callweave.explain.Revisions;
import io.callweave.explain.replay.StageReplay;
import io.callweave.files.DeadLetterLines;
import io.callweave.files.FileNotifications;
import io.callweave.files.KeptNotifications;
import io.callweave.files.NotificationLine;
import io.callweave.files.Tally;
import io.callweave.listing.CallListing;
import io.callweave.notification.ParseResult;
import io.callweave.notification.Rejection;
import io.callweave.record.CallRecordJson;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topics.Topic;
import io.callweave.topology.calls.CallOptions;
import io.callweave.topology.windows.WindowOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The command {@code assemble}: files to final call records with the core alone. */
@Command(
        name = "assemble",
        description = {
            "Turn files of notifications into final call records, without Kafka.",
            "Prints one call a line, ordered by startTime, callId and accountId; a table on a terminal."
        },
        footer = {
            "",
            "Examples:",
            "  callweave assemble notifications.ndjson",
            "  callweave assemble notifications.ndjson > calls.ndjson",
            "  callweave assemble --format csv notifications.ndjson > calls.csv",
            "  gunzip -c monday.ndjson.gz | callweave assemble --dead-letters bad.ndjson -"
        })
public final class AssembleCommand extends SettingsCommand {

    @Mixin
    private CallsOutput output = new CallsOutput();

    @Override
    protected int run(Settings settings) throws IOException {
        output.check(Map.of());
        List<DirectoryEntry> extensions = output.extensions();
        CallOptions options = CallOptions.of(settings);
        KeptNotifications reader =
                new KeptNotifications(options.notifications(), settings.get(KnownSettings.ARTIFACTS_INSIGHTS));
        Tally tally = new Tally();
        boolean everyRevision = output.revisions(false);
        try (DeadLetterLines rejected = deadLetters()) {
            List<CallRecord> calls = everyRevision
                    ? everyRevision(options, reader, extensions, tally, rejected)
                    : lastRecords(options, reader, extensions, tally, rejected);
            writeFigures(new FinalFigures(calls, extensions), settings);
        }
        say(tally.summary(everyRevision ? "call record" : "call"));
        return ExitStatus.DONE;
    }

    private List<CallRecord> lastRecords(
            CallOptions options,
            KeptNotifications reader,
            List<DirectoryEntry> extensions,
            Tally tally,
            DeadLetterLines rejected)
            throws IOException {
        List<CallRecord> calls = calls(options, reader, tally, rejected);
        try (CallListing listing = output.listing(extensions, false)) {
            for (CallRecord call : calls) {
                listing.add(CallRecordJson.write(call, 1));
                tally.call();
            }
        }
        return calls;
    }

    /** With the times that revisions depend on. */
    private List<CallRecord> everyRevision(
            CallOptions options,
            KeptNotifications reader,
            List<DirectoryEntry> extensions,
            Tally tally,
            DeadLetterLines rejected)
            throws IOException {
        RecordedLines recording;
        try (FileNotifications lines = lines(options)) {
            recording = RecordedLines.read(lines, reader, tally, new RecordedLines.Listener() {
                @Override
                public void rejected(NotificationLine line, Rejection rejection) {
                    write(rejected, line, rejection);
                }
            });
        }
        List<CallRecord> calls = assembly(recording).records(options.rules());
        StageReplay replay = new StageReplay(options, (rejection, source, value) -> {
            tally.bad(rejection.reason().wireName());
            if (value != null) {
                write(rejected, source, value, rejection);
            }
        });
        try (CallListing listing = output.listing(extensions, true)) {
            Revisions revisions = new Revisions(replay, call -> {
                listing.add(call);
                tally.call();
            });
            for (RecordedLine line : recording.lines()) {
                revisions.line(line);
            }
            revisions.end();
        }
        return calls;
    }

    private void writeFigures(FinalFigures figures, Settings settings) throws IOException {
        if (output.partyMetrics != null) {
            figures.writeParties(output.rows(output.partyMetrics, Topic.PARTY_METRICS));
        }
        if (output.windowMetrics != null) {
            figures.writeWindows(
                    WindowOptions.of(settings).rules(), output.rows(output.windowMetrics, Topic.WINDOW_METRICS));
        }
    }

    private static Assembly assembly(RecordedLines recording) {
        Assembly assembly = new Assembly();
        for (RecordedLine line : recording.lines()) {
            line.events().forEach(assembly::add);
            if (line.fact() != null) {
                assembly.add(line.fact().notice());
            }
        }
        return assembly;
    }

    private List<CallRecord> calls(
            CallOptions options, KeptNotifications reader, Tally tally, DeadLetterLines rejected) {
        Assembly assembly = new Assembly();
        IdentityHashMap<FactNotice, NotificationLine> facts = new IdentityHashMap<>();
        try (FileNotifications lines = lines(options)) {
            while (lines.hasNext()) {
                NotificationLine line = lines.next();
                tally.line();
                ParseResult reading = reader.read(line.value());
                if (reading instanceof ParseResult.Skipped skipped) {
                    tally.skipped(skipped.kind().wireName(), 1);
                }
                for (PartyEvent event : reading.events()) {
                    assembly.add(event);
                }
                if (reading instanceof ParseResult.OfFact fact) {
                    assembly.add(fact.notice());
                    facts.put(fact.notice(), line);
                }
                Rejection rejection = reading.rejection();
                if (rejection != null) {
                    tally.bad(rejection.reason().wireName());
                    write(rejected, line, rejection);
                }
            }
            List<CallRecord> calls = assembly.records(options.rules());
            for (FactNotice notice : assembly.unplaced()) {
                Rejection rejection = Rejection.noSession();
                tally.bad(rejection.reason().wireName());
                write(rejected, Objects.requireNonNull(facts.get(notice)), rejection);
            }
            return calls;
        }
    }

    private FileNotifications lines(CallOptions options) {
        int most = options.notifications().maxBytes();
        return output.deadLetters == null
                ? new FileNotifications(output.files(), System.in, most)
                : FileNotifications.toBeKept(output.files(), System.in, most);
    }

    private DeadLetterLines deadLetters() throws IOException {
        return new DeadLetterLines(
                output.deadLetters == null ? OutputStream.nullOutputStream() : Output.to(output.deadLetters));
    }

    private static void write(DeadLetterLines letters, NotificationLine line, Rejection rejection) {
        write(letters, line.source(), line.value(), rejection);
    }

    private static void write(DeadLetterLines letters, @Nullable String source, byte[] value, Rejection rejection) {
        try {
            letters.write(rejection.reason().wireName(), source, rejection.detail(), value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
