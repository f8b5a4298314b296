package io.callweave.cli.report;

import io.callweave.cli.common.Messages;
import io.callweave.cli.common.ProgressLine;
import io.callweave.export.ExportPeriod;
import io.callweave.export.FileCalls;
import io.callweave.files.FileNotifications;
import io.callweave.files.KeptNotifications;
import io.callweave.files.Tally;
import io.callweave.files.TemporaryDirectory;
import io.callweave.report.CallReport;
import io.callweave.report.page.ReportPage;
import io.callweave.settings.KnownSettings;
import io.callweave.settings.Settings;
import io.callweave.topology.calls.CallOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The calls of files. The first line shows whether they have notifications or call records. */
final class CallFiles {

    private final Settings settings;
    private final List<String> files;
    private final InputStream stdin;
    private long bad;

    /** @param files that can be read */
    CallFiles(Settings settings, List<String> files, InputStream stdin) {
        this.settings = settings;
        this.files = files;
        this.stdin = stdin;
    }

    ReportPage.Source read(CallReport report, ProgressLine progress) throws IOException {
        try (TemporaryDirectory directory = TemporaryDirectory.create("callweave-report-")) {
            List<String> readable = new ArrayList<>();
            for (String file : files) {
                readable.add(file.equals(FileNotifications.STDIN) ? keepStdin(directory) : file);
            }
            if (areRecords(readable)) {
                records(readable, report, progress);
            } else {
                notifications(readable, report, progress);
            }
        }
        String name = files.size() == 1 ? files.get(0) : Messages.count(files.size(), "file");
        return new ReportPage.Source(name.equals(FileNotifications.STDIN) ? "the standard input" : name, notes());
    }

    private List<String> notes() {
        return bad == 0
                ? List.of()
                : List.of(Messages.count(bad, "line")
                        + " could not be used. “callweave assemble --dead-letters OUT” says why.");
    }

    /** Records are read twice, and the standard input can be read only once. */
    private String keepStdin(TemporaryDirectory directory) throws IOException {
        Path copy = directory.path().resolve("stdin.ndjson");
        Files.copy(stdin, copy);
        return copy.toString();
    }

    private boolean areRecords(List<String> readable) {
        try (FileNotifications lines = new FileNotifications(readable, stdin)) {
            return lines.hasNext() && NewestRecords.isCallRecord(lines.next().value());
        }
    }

    private void records(List<String> readable, CallReport report, ProgressLine progress) {
        try (NewestRecords newest = new NewestRecords()) {
            each(readable, line -> {
                progress.count("records looked at");
                if (!newest.note(line)) {
                    bad++;
                }
            });
            each(readable, line -> {
                try {
                    newest.take(line).ifPresent(report::add);
                } catch (IllegalArgumentException e) {
                    bad++;
                }
                progress.count("records read");
            });
        }
    }

    private void notifications(List<String> readable, CallReport report, ProgressLine progress) {
        CallOptions options = CallOptions.of(settings);
        Tally tally = new Tally();
        try (FileCalls calls = new FileCalls(false);
                FileNotifications lines = new FileNotifications(
                        readable, stdin, options.notifications().maxBytes())) {
            calls.read(
                    lines,
                    new KeptNotifications(options.notifications(), settings.get(KnownSettings.ARTIFACTS_INSIGHTS)),
                    tally,
                    (what, done, total) -> progress.bar(done, total, what));
            calls.<RuntimeException>each(ExportPeriod.ALL, options.rules(), call -> {
                progress.count("calls counted");
                report.add(call);
            });
        }
        bad = tally.bad();
    }

    private void each(List<String> readable, Consumer<byte[]> sink) {
        try (FileNotifications lines = new FileNotifications(readable, stdin)) {
            while (lines.hasNext()) {
                sink.accept(lines.next().value());
            }
        }
    }
}
