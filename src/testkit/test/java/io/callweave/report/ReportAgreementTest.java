package io.callweave.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.record.CallRecord;
import io.callweave.directory.DirectoryLookup;
import io.callweave.metrics.Count;
import io.callweave.metrics.CountedCall;
import io.callweave.metrics.Figure;
import io.callweave.metrics.Scope;
import io.callweave.metrics.ServiceGoals;
import io.callweave.metrics.ServiceLevels;
import io.callweave.metrics.WindowAggregate;
import io.callweave.metrics.WindowKey;
import io.callweave.metrics.WindowRules;
import io.callweave.metrics.WindowSize;
import io.callweave.record.CallRecordJson;
import io.callweave.record.ExcludedCalls;
import io.callweave.record.RecordedCall;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.WireJson;
import io.callweave.testcalls.Arrived;
import io.callweave.testcalls.Assembled;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The report, the windows and the simulation's truth, counted in three ways, agree to the call. */
class ReportAgreementTest {

    private static final long THRESHOLD = 15_000;
    private static final long SHORT = 8_000;

    private static final ServiceLevels LEVELS =
            ServiceLevels.of(Duration.ofMillis(THRESHOLD), Duration.ofMillis(SHORT), Map.of(), Map.of());

    private static final Arrived HOUR =
            Arrived.of(3, 2, 120, Duration.ofMinutes(90), DeliveryFaults.parse("shuffled=5s,duplicated=10%"));

    private static final List<CallRecord> CALLS = Assembled.calls(HOUR.lines());

    private static final List<String> QUEUE_FIGURES = List.of(
            "offered",
            "answered",
            "answeredWithin",
            "counted",
            "abandoned",
            "overflow",
            "voicemail",
            "answeredElsewhere");

    @Test
    void shouldCountQueuesAsTheTruthDoes() {
        Map<String, List<Long>> really = new TreeMap<>();
        for (JsonNode call : HOUR.truthTrees()) {
            Instant hour = Instant.parse(call.path("startTime").asText()).truncatedTo(ChronoUnit.HOURS);
            for (JsonNode queue : call.path("queues")) {
                String key = hour.toEpochMilli() + " " + call.path("accountId").asText() + " "
                        + queue.path("queueExtensionId").asText();
                really.merge(key, truth(queue, goesOut(call)), ReportAgreementTest::sum);
            }
        }

        Map<String, List<Long>> reported = new TreeMap<>();
        Table table = report(CALLS).queues().intervals();
        for (List<Cell> row : table.rows()) {
            String key = ((Cell.Hour) row.get(0)).value() + " " + text(table, row, "accountId") + " "
                    + text(table, row, "queueExtensionId");
            reported.put(
                    key,
                    QUEUE_FIGURES.stream()
                            .map(field -> number(table, row, field))
                            .toList());
        }

        assertThat(reported).hasSizeGreaterThan(6).isEqualTo(really);
        assertThat(CALLS)
                .anyMatch(call -> call.queues().stream()
                        .anyMatch(visit -> visit.outcome().wireName().equals("abandoned") && visit.waitMs() < SHORT));
    }

    private static boolean goesOut(JsonNode call) {
        return call.path("direction").asText().equals("Outbound")
                && !call.path("internal").asBoolean();
    }

    private static List<Long> truth(JsonNode queue, boolean goesOut) {
        String outcome = queue.path("outcome").asText();
        long wait = queue.path("waitMs").asLong();
        boolean answered = outcome.equals("answered");
        boolean abandoned = outcome.equals("abandoned");
        return List.of(
                1L,
                answered ? 1L : 0L,
                !goesOut && answered && wait <= THRESHOLD ? 1L : 0L,
                !goesOut && (answered || (abandoned && wait >= SHORT)) ? 1L : 0L,
                abandoned ? 1L : 0L,
                outcome.equals("overflow") ? 1L : 0L,
                outcome.equals("voicemail") ? 1L : 0L,
                outcome.equals("answeredElsewhere") ? 1L : 0L);
    }

    @Test
    void shouldCountQueuesAsTheWindowsDo() {
        WindowRules rules = new WindowRules(WindowRules.DEFAULT.sizes(), ZoneOffset.UTC, Map.of(), LEVELS);
        Map<WindowKey, WindowAggregate> windows = new HashMap<>();
        for (CallRecord call : CALLS) {
            CountedCall.of(call, rules)
                    .windows(call.accountId())
                    .forEach((key, measures) -> windows.computeIfAbsent(key, added -> new WindowAggregate())
                            .add(measures));
        }

        Table table = report(CALLS).queues().intervals();
        for (List<Cell> row : table.rows()) {
            WindowKey key = new WindowKey(
                    text(table, row, "accountId"),
                    Scope.QUEUE,
                    text(table, row, "queueExtensionId"),
                    WindowSize.PT1H,
                    ((Cell.Hour) row.get(0)).value());
            WindowAggregate window = windows.remove(key);
            assertThat(window).as(key.toString()).isNotNull();
            assertThat(number(table, row, "counted")).as(key.toString()).isEqualTo(window.count(Count.COUNTED));
            assertThat(number(table, row, "answeredWithin"))
                    .as(key.toString())
                    .isEqualTo(window.count(Count.ANSWERED_WITHIN));
            assertThat(number(table, row, "offered")).as(key.toString()).isEqualTo(window.count(Count.CALLS));
        }
        assertThat(windows.keySet())
                .noneMatch(key -> key.scope() == Scope.QUEUE && key.size() == WindowSize.PT1H)
                .anyMatch(key -> key.scope() == Scope.ACCOUNT);
        WindowAggregate all = new WindowAggregate();
        windows.forEach((key, window) -> {
            if (key.scope() == Scope.ACCOUNT && key.size() == WindowSize.P1D) {
                assertThat(window.count(Count.CALLS)).isPositive();
                all.figure(Figure.DURATION).add(window.count(Count.CALLS));
            }
        });
        assertThat(report(CALLS).volumes().all().count(Count.CALLS))
                .isEqualTo(all.figure(Figure.DURATION).sum());
    }

    /** The truth knows the parties of each call, and so what each agent did. */
    @Test
    void shouldAddUpTheTimesOfAgentsAsTheTruthDoes() {
        Map<String, Long> talk = new HashMap<>();
        Map<String, Long> rung = new HashMap<>();
        Map<String, Long> answered = new HashMap<>();
        for (JsonNode call : HOUR.truthTrees()) {
            for (JsonNode party : call.path("parties")) {
                boolean takesPart = List.of("participant", "host")
                        .contains(party.path("role").asText());
                if (takesPart && party.hasNonNull("extensionId") && !isMonitoring(call)) {
                    String agent = call.path("accountId").asText() + " "
                            + party.path("extensionId").asText();
                    talk.merge(agent, party.path("talkMs").asLong(), Long::sum);
                    boolean rang = party.hasNonNull("ringMs")
                            && party.path("direction").asText().equals("Inbound")
                            && !answersOnAnotherPhone(call, party);
                    rung.merge(agent, rang ? 1L : 0L, Long::sum);
                    answered.merge(agent, rang && party.hasNonNull("answerTime") ? 1L : 0L, Long::sum);
                }
            }
        }

        Table table = report(CALLS).tables().stream()
                .filter(each -> each.name().equals("agents"))
                .findFirst()
                .orElseThrow();

        assertThat(table.rows()).hasSizeGreaterThan(100);
        for (List<Cell> row : table.rows()) {
            String agent = text(table, row, "accountId") + " " + text(table, row, "extensionId");
            assertThat(millis(table, row, "talkMs")).as(agent).isEqualTo(talk.get(agent));
            assertThat(number(table, row, "rung")).as(agent).isEqualTo(rung.get(agent));
            assertThat(number(table, row, "rungAnswered")).as(agent).isEqualTo(answered.get(agent));
            assertThat(number(table, row, "takenByOthers") + number(table, row, "rungNotAnswered"))
                    .as(agent)
                    .isEqualTo(rung.getOrDefault(agent, 0L) - answered.getOrDefault(agent, 0L));
        }
    }

    /** Phones of one person that ring together and are answered ring that person once. */
    private static boolean answersOnAnotherPhone(JsonNode call, JsonNode party) {
        for (JsonNode other : call.path("parties")) {
            String answer = other.path("answerTime").asText();
            if (!party.hasNonNull("answerTime")
                    && other.hasNonNull("answerTime")
                    && other.path("extensionId").equals(party.path("extensionId"))
                    && other.path("direction").equals(party.path("direction"))
                    && answer.compareTo(party.path("startTime").asText()) >= 0
                    && (!party.hasNonNull("endTime")
                            || answer.compareTo(party.path("endTime").asText()) <= 0)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isMonitoring(JsonNode call) {
        return call.path("action").asText().equals("Monitoring");
    }

    @Test
    void shouldMakeTheSameReportOfRecordsInAnyOrder() {
        List<CallRecord> readBack = new ArrayList<>();
        for (CallRecord call : CALLS) {
            byte[] json = CallRecordJson.write(call, 1);
            readBack.add(RecordedCall.read(WireJson.read(new String(json, StandardCharsets.UTF_8))));
        }
        Collections.shuffle(readBack, new Random(1));

        List<Table> tables = report(readBack).tables();

        List<Table> expected = report(CALLS).tables();
        for (int i = 0; i < expected.size(); i++) {
            assertThat(tables.get(i).rows())
                    .as(tables.get(i).name())
                    .isEqualTo(expected.get(i).rows());
        }
    }

    private static CallReport report(List<CallRecord> calls) {
        CallReport report = new CallReport(
                new ReportRules(ZoneOffset.UTC, null, null, null, null, LEVELS, ServiceGoals.NONE, ExcludedCalls.NONE),
                DirectoryLookup.EMPTY,
                Long.MAX_VALUE);
        calls.forEach(report::add);
        return report;
    }

    private static List<Long> sum(List<Long> one, List<Long> other) {
        List<Long> sums = new ArrayList<>();
        for (int i = 0; i < one.size(); i++) {
            sums.add(one.get(i) + other.get(i));
        }
        return sums;
    }

    private static Cell cell(Table table, List<Cell> row, String field) {
        List<String> fields = table.columns().stream().map(Table.Column::field).toList();
        return row.get(fields.indexOf(field));
    }

    private static String text(Table table, List<Cell> row, String field) {
        return ((Cell.Text) cell(table, row, field)).text();
    }

    private static long number(Table table, List<Cell> row, String field) {
        return ((Cell.Whole) cell(table, row, field)).value();
    }

    private static long millis(Table table, List<Cell> row, String field) {
        return ((Cell.Millis) cell(table, row, field)).value();
    }
}
