package io.callweave.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.record.CallRecord;
import io.callweave.directory.DirectoryLookup;
import io.callweave.metrics.ServiceGoals;
import io.callweave.metrics.ServiceLevels;
import io.callweave.record.ExcludedCalls;
import io.callweave.report.CallReport;
import io.callweave.report.ReportRules;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.testcalls.Arrived;
import io.callweave.testcalls.Assembled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReportPageTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final List<String> LINES =
            Arrived.of(5, 1, 40, Duration.ofMinutes(30), DeliveryFaults.NONE).lines();
    private static final List<CallRecord> CALLS = Assembled.calls(LINES);

    @Test
    void shouldWriteNamesFromCallsAsText() throws IOException {
        String hostile = "</script><img src=x onerror=alert(1)>@SCRIPT@";
        List<CallRecord> calls = Assembled.calls(LINES.stream()
                .map(line -> line.replace("Support queue", "=" + hostile))
                .toList());

        CallReport report = report(calls, null);
        String page = page(report, false);

        assertThat(page).doesNotContain("<img").contains("=&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;@SCRIPT@");
        assertThat(csv(report, "queues", false)).contains("'=</script>");
    }

    @Test
    void shouldMaskPhoneNumbersUnlessTheyAreAskedFor() throws IOException {
        CallReport report = report(CALLS, null);

        String masked = page(report, false);
        String full = page(report, true);

        assertThat(masked).doesNotContainPattern(">\\+1[0-9]{10}<").containsPattern(">\\+\\*{9}[0-9]{2}<");
        assertThat(full).containsPattern(">\\+1[0-9]{10}<");
        assertThat(csv(report, "numbers", false)).containsPattern("\\n\\+\\*{9}[0-9]{2},");
        assertThat(csv(report, "numbers", true)).containsPattern("\\n\\+1[0-9]{10},");
    }

    @Test
    void shouldLoadNothing() throws IOException {
        String page = page(report(CALLS, null), false);

        assertThat(page)
                .contains("default-src 'none'")
                .doesNotContain("<link", " src=", "@import", "sourceMappingURL")
                .doesNotContainPattern("@[A-Z-]+@");
    }

    @Test
    void shouldSayWhatToDoIfNoCallFits() throws IOException {
        String page = page(report(CALLS, Instant.parse("2027-01-01T00:00:00Z")), false);

        assertThat(page)
                .contains("The input has calls from 2 Mar 2026, 10:0", "Change --from, --to, --account or --queue.")
                .doesNotContain("<table", "<canvas");
    }

    @Test
    void shouldSayWhatToGiveIfThereIsNothing() throws IOException {
        assertThat(page(report(List.of(), null), false)).contains("The input has no calls.");
    }

    @Test
    void shouldSayWhatIsNotThere() throws IOException {
        List<CallRecord> direct =
                CALLS.stream().filter(call -> call.queues().isEmpty()).limit(1).toList();

        String page = page(report(direct, null), false);

        assertThat(page)
                .contains("No call came through a queue.", "Nobody called again within an hour.", "No gaps are known.");
    }

    @Test
    void shouldWriteTimesOfTheZoneAndFiguresForPrograms() throws IOException {
        CallReport report = report(CALLS, null);
        long counted = CALLS.stream()
                .filter(call -> !call.outcome().action().equals("Monitoring"))
                .count();

        assertThat(csv(report, "hours", false)).contains("\r\n2026-03-02T10:00:00.000+01:00,");
        assertThat(csv(report, "days", false)).contains("\r\n2026-03-02," + counted);
        assertThat(csv(report, "queues", false))
                .startsWith("queue,accountId,queueExtensionId,offered,answered,serviceLevel,answeredWithin,counted,")
                .containsPattern(",[01]\\.[0-9]{4},");
    }

    @Test
    void shouldWriteDurationsWithUnits() {
        assertThat(List.of(0L, 9_940L, 9_951L, 59_499L, 65_000L, 3_599_400L, 7_380_000L).stream()
                        .map(millis -> ReportWords.duration(millis).replace('\u00a0', ' ')))
                .containsExactly("0 s", "9.9 s", "9.9 s", "59 s", "65 s", "59 min 59 s", "2 h 3 min");
    }

    @Test
    void shouldShowTheAgentsOfAnAccountWithMostCalls() throws IOException {
        CallReport report = report(
                Stream.concat(callsOfManyAgents(2_100).stream(), CALLS.stream()).toList(), null);

        String page = page(report, false);

        assertThat(page)
                .contains(">agent 9999<", ">agent 1000<", ">agent 2998<")
                .doesNotContain(">agent 2999<");
        assertThat(page).containsPattern("Shown are 2,0\\d\\d of 2,1\\d\\d rows");
        assertThat(csv(report, "agents", false)).contains("\r\nagent 2999,");
    }

    @Test
    void shouldCountEachAccountInFullWhateverOthersName() throws IOException {
        CallReport report = report(callsOfManyAgents(2_100), null, 1 << 20);
        CALLS.forEach(report::add);

        assertThat(report.notInFull()).containsExactly("2");
        assertThat(csv(report, "agents", false).lines().filter(row -> !row.startsWith("agent ")))
                .containsExactlyElementsOf(
                        csv(report(CALLS, null), "agents", false).lines().toList());
        assertThat(csv(report, "agents", false).lines().filter(row -> row.startsWith("agent ")))
                .hasSizeBetween(100, 2_000);
    }

    /** Calls that 100 agents each have, and one agent all. */
    private static List<CallRecord> callsOfManyAgents(int agents) {
        List<String> lines = new ArrayList<>();
        for (int first = 1_000; first < 1_000 + agents; first += 100) {
            String session = "s-" + first;
            String parties = IntStream.concat(IntStream.range(first, first + 100), IntStream.of(9_999))
                    .mapToObj(agent -> """
                            {"accountId":"2","extensionId":"%1$d","id":"p-%1$d","direction":"Inbound",\
                            "to":{"extensionId":"%1$d","name":"agent %1$d"},"status":{"code":"Disconnected"}}""".formatted(agent))
                    .collect(Collectors.joining(","));
            lines.add("""
                    {"event":"/restapi/v1.0/account/2/telephony/sessions","body":{"sequence":1,"telephonySessionId":"%s",\
                    "eventTime":"2026-03-02T10:00:00.000Z","parties":[%s]}}""".formatted(session, parties));
        }
        return Assembled.calls(lines);
    }

    private static CallReport report(List<CallRecord> calls, @Nullable Instant from) {
        return report(calls, from, Long.MAX_VALUE);
    }

    private static CallReport report(List<CallRecord> calls, @Nullable Instant from, long mostBytes) {
        CallReport report = new CallReport(
                new ReportRules(
                        BERLIN, from, null, null, null, ServiceLevels.DEFAULT, ServiceGoals.NONE, ExcludedCalls.NONE),
                DirectoryLookup.EMPTY,
                mostBytes);
        calls.forEach(report::add);
        return report;
    }

    private static String page(CallReport report, boolean numbersShown) throws IOException {
        StringBuilder html = new StringBuilder();
        new ReportPage(report, new ReportPage.Source("test.ndjson", List.of()), numbersShown).write(html);
        return html.toString();
    }

    private static String csv(CallReport report, String name, boolean numbersShown) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new CsvFiles(BERLIN, numbersShown)
                .write(
                        report.tables().stream()
                                .filter(table -> table.name().equals(name))
                                .findFirst()
                                .orElseThrow(),
                        out);
        return out.toString(StandardCharsets.UTF_8);
    }
}
