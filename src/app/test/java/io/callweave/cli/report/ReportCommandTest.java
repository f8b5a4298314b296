package io.callweave.cli.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.cli.Callweave;
import io.callweave.cli.CommandProcess;
import io.callweave.cli.common.ExitStatus;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReportCommandTest {

    private static final String REAL = "src/samples/real/csn-pstn-to-rc-ivr.ndjson";
    private static final String QUEUE = "src/samples/examples/queue.ndjson";

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void shouldWriteAPageAndCsvFiles() throws IOException {
        Path out = folder.resolve("new/report");

        int status =
                report(QUEUE, "--out", out.toString(), "--zone", "Europe/Berlin", "--set", "metrics.service-level=5s");

        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.DONE);
        assertThat(err.toString())
                .contains("1 call in " + out.resolve("report.html") + ", with 13 CSV files beside it.");
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("within 5.0\u00a0s", "times in Europe/Berlin");
        try (Stream<Path> files = Files.list(out)) {
            assertThat(files).hasSize(14);
        }
    }

    @Test
    void shouldKeepTheReportBeforeIfOneCannotBeWritten() throws IOException {
        for (String file : List.of("report.html", "totals.csv")) {
            Files.writeString(folder.resolve(file), "yesterday");
        }
        Files.createDirectory(folder.resolve("report.html.part"));

        int status = report(QUEUE, "--out", folder.toString());

        assertThat(status).as(err.toString()).isEqualTo(ExitStatus.FAILED);
        for (String file : List.of("report.html", "totals.csv")) {
            assertThat(folder.resolve(file)).content().isEqualTo("yesterday");
        }
        assertThat(folder.resolve("agents.csv.part")).doesNotExist();
    }

    @Test
    void shouldCountTheLastRecordOfEachCallOnly() throws Exception {
        CommandProcess assembled = CommandProcess.run(null, "assemble", REAL, QUEUE);
        List<String> records = new ArrayList<>();
        for (String line : assembled.out().lines().toList()) {
            records.add(line.replace("\"revision\":1", "\"revision\":2"));
            records.add(line.replace("\"revision\":1,", "\"revision\":1,")
                    .replace("\"status\":\"complete\"", "\"status\":\"partial\""));
            records.add(line.replace("\"revision\":1", "\"revision\":2"));
        }
        records.add(records.get(0)
                .replaceFirst("\"callId\":\"[^\"]+\"", "\"callId\":\"s-part\"")
                .replace("\"status\":\"complete\"", "\"status\":\"superseded\""));
        records.add("no record");
        Path calls = Files.write(folder.resolve("calls.ndjson"), records);
        Path fromRecords = folder.resolve("records");
        Path fromStdin = folder.resolve("stdin");
        Path fromNotifications = folder.resolve("notifications");

        report(calls.toString(), "--out", fromRecords.toString());
        CommandProcess piped =
                CommandProcess.run(Files.readAllBytes(calls), "report", "-", "--out", fromStdin.toString());
        report(REAL, QUEUE, "--out", fromNotifications.toString());

        assertThat(piped.status()).as(piped.err()).isEqualTo(ExitStatus.DONE);
        assertThat(err.toString()).contains("2 calls in", "1 line could not be used.");
        for (String file : List.of("totals.csv", "queues.csv", "agents.csv", "quality.csv", "longest-waits.csv")) {
            String expected = Files.readString(fromNotifications.resolve(file));
            assertThat(Files.readString(fromRecords.resolve(file))).isEqualTo(expected);
            assertThat(Files.readString(fromStdin.resolve(file))).isEqualTo(expected);
        }
    }

    @Test
    void shouldTakeOnlyCallsOfThePeriodAccountAndQueue() throws IOException {
        String out = folder.toString();

        report(QUEUE, REAL, "--out", out, "--from", "2026-03-02", "--to", "2026-03-03");
        assertThat(err.toString()).contains("1 call in");
        report(QUEUE, REAL, "--out", out, "--account", "1");
        assertThat(err.toString())
                .contains(
                        "callweave: no call fits --account, --queue, --from and --to. Those that were read started from"
                                + " 20",
                        "in accounts such as 809646016.",
                        "0 calls in");
        report(QUEUE, REAL, "--out", out, "--queue", "62096127016");
        assertThat(Files.readString(folder.resolve("queues.csv"))).contains("Support,809646016,62096127016,1,");
    }

    @Test
    void shouldRingAPersonOnceIfSeveralOfItsPhonesRing() throws IOException {
        String forwarded = "src/samples/reported/23b-forward-mobile-own-ext.ndjson";

        report(forwarded, "--out", folder.toString());

        assertThat(Files.readString(folder.resolve("agents.csv")))
                .contains(
                        "calls,rung,rungAnswered,takenByOthers,rungNotAnswered,",
                        "Agent One,900100200016,63100001016,1,1,1,0,0,");
    }

    @Test
    void shouldCompareServiceLevelsWithTheirGoals() throws IOException {
        report(
                QUEUE,
                "--out",
                folder.toString(),
                "--metrics-service-goal=80%",
                "--metrics-service-levels=809646016/62096127016=1s");

        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("within 1.0\u00a0s. Goal 80\u00a0%, not reached", "<tr class=\"below\">");
        assertThat(Files.readString(folder.resolve("queues.csv"))).contains(",0.0000,0,1,1000,0.8000,");
    }

    @Test
    void shouldLeaveOutExcludedCallsAndSaySo() throws IOException {
        int status = report(REAL, QUEUE, "--out", folder.toString(), "--privacy-exclude=queue:62096127016");

        assertThat(status).isEqualTo(ExitStatus.DONE);
        assertThat(err.toString()).contains("callweave: 1 call left out by privacy.exclude.", "1 call in ");
        assertThat(Files.readString(folder.resolve("report.html")))
                .contains("1 call left out by privacy.exclude.")
                .doesNotContain("62096127016");
    }

    @Test
    void shouldSayWhatIsWrongInASentence() throws IOException {
        assertThat(report()).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("Name files, or a cluster with --bootstrap-servers.");
        assertThat(report(REAL, "--from", "yesterday")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("--from is \"yesterday\"; it must be a date such as 2026-11-02");
        assertThat(report(REAL, "--zone", "Mars")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("--zone is \"Mars\"; it must be a time zone");
        assertThat(report(REAL, "--from", "2026-03-02", "--to", "2026-03-02")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("--to must be later than --from.");
        assertThat(report("-", "--directory", "-")).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("cannot both be the standard input.");
        assertThat(report("missing.ndjson", "--out", folder.toString())).isEqualTo(ExitStatus.WRONG_USAGE);
        assertThat(err.toString()).contains("The file missing.ndjson does not exist.");
        Path file = Files.createFile(folder.resolve("file"));
        assertThat(report(REAL, "--out", file.toString())).isEqualTo(ExitStatus.FAILED);
        assertThat(err.toString()).contains("it must name a directory, not a file.");
    }

    private int report(String... arguments) {
        List<String> all = new ArrayList<>(List.of("report"));
        all.addAll(List.of(arguments));
        return Callweave.commandLine().setErr(new PrintWriter(err, true)).execute(all.toArray(String[]::new));
    }
}
