package io.callweave.listing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.topics.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CallListingTest {

    private static final String CALL = """
            {"callId":"s-1","accountId":"8","revision":2,"status":"partial","incomplete":["sequenceGap","capped"],
             "supersededBy":null,"type":"Voice","direction":"Inbound","internal":false,"action":"Phone Call",
             "result":"Accepted","startTime":"2026-03-01T23:59:58.900Z","answerTime":"2026-03-02T00:00:06.400Z",
             "endTime":"2026-03-02T01:02:03.000Z","durationMs":3724100,"timeToAnswerMs":7500,"ringMs":7000,
             "talkMs":1,"holdMs":0,"parkMs":null,
             "callerName":"NAME","from":{"phoneNumber":"+15550100001","name":"NAME","extensionId":null},
             "to":{"phoneNumber":null,"name":"Desk","extensionId":"70"},
             "answeredBy":{"telephonySessionId":"s-1","partyId":"p-1-2","extensionId":"71","name":"Dana"},
             "queues":[{"queueExtensionId":"70","enterTime":"2026-03-01T23:59:58.900Z","leaveTime":"2026-03-02T00:00:00.000Z",
               "outcome":"answeredElsewhere"},
              {"queueExtensionId":"77","name":"Sales, south","enterTime":"2026-03-02T00:01:00.000Z",
               "leaveTime":"2026-03-02T00:01:06.000Z","outcome":"overflow"}],
             "transfers":[{"kind":"blind","time":"2026-03-02T00:00:30.000Z","by":{"telephonySessionId":"s-1","partyId":"p-1-2"}}],
             "sessions":[{"telephonySessionId":"s-1","startTime":"2026-03-02T09:00:00.000Z","endTime":"2026-03-02T09:00:00.000Z"}],"parties":[{"telephonySessionId":"s-1","partyId":"p-1-2","direction":"Inbound","role":"participant",
               "startTime":"2026-03-02T00:00:00.000Z","answerTime":"2026-03-02T00:00:06.400Z","extensionId":"71","from":{},"to":{"extensionId":"71","name":"Dana"}}]}
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @Test
    void shouldLeaveRecordsAsTheyAreInJson() throws Exception {
        assertThat(listed(CallFormat.JSON, false, 100, "{\"a\": 1}", "{}")).isEqualTo("{\"a\": 1}\n{}\n");
    }

    @Test
    void shouldTellACallInARow() throws Exception {
        assertThat(listed(CallFormat.TABLE, false, 120, call("Ann")).lines())
                .containsExactly(
                        "start (UTC)                   from             \u2192 to         what happened"
                                + "                                  wait  lasted",
                        "2026-03-01 23:59:58  inbound  Ann +15550100001 \u2192 Help desk"
                                + "  partial, answered by Dana, transferred to so\u2026  0:07  1:02:04");
    }

    @Test
    void shouldShowRevisionsWhereThereAreSeveral() throws Exception {
        assertThat(listed(CallFormat.TABLE, true, 120, call("Ann")).lines().toList())
                .first()
                .asString()
                .endsWith("  lasted   revision");
    }

    @ParameterizedTest
    @ValueSource(ints = {40, 60, 80, 100, 200})
    void shouldBeNoWiderThanTheTerminal(int width) throws Exception {
        String table = listed(CallFormat.TABLE, true, width, call("Ann"), call("A name ".repeat(40)));

        assertThat(table.lines()).hasSize(3).allMatch(line -> line.codePointCount(0, line.length()) <= width);
        assertThat(table).contains(" \u2192 Help d", "partial, ans");
    }

    @ParameterizedTest
    @CsvSource({
        "40, 'Ann +1555\u2026 \u2192 Help desk  partial, answer\u2026'",
        "60, '03-01 23:59  Ann +1555010\u2026 \u2192 Help desk  partial, answered b\u2026'",
        "90, '03-01 23:59  inbound  Ann +155501000\u2026 \u2192 Help desk  partial, answered by Da\u2026  0:07  1:02:04'",
        "130, '2026-03-01 23:59:58  inbound  Ann +15550100001 \u2192 Help desk"
                + "  partial, answered by Dana, transferred to somebody who\u2026  0:07  1:02:04'"
    })
    void shouldLeaveOutColumnsRatherThanCutWhoCalledWhom(int width, String row) throws Exception {
        assertThat(listed(CallFormat.TABLE, false, width, call("Ann")).lines())
                .hasSize(2)
                .contains(row);
    }

    @Test
    void shouldNotLetNamesSteerTheTerminal() throws Exception {
        assertThat(listed(CallFormat.TABLE, false, 120, call("A\\u001b[2JB\\nC\\u202eD")))
                .contains("A\u241b[2JB\u240aC<U+202E>D")
                .hasLineCount(2);
    }

    @Test
    void shouldPrintNothingInATableWithoutCalls() throws Exception {
        assertThat(listed(CallFormat.TABLE, false, 100)).isEmpty();
    }

    @Test
    void shouldBeCsvAsRfc4180HasIt() throws Exception {
        String csv = listed(CallFormat.CSV, false, 100, call("Ann, \\\"the\\\" boss\\nof all"));

        assertThat(csv).endsWith("\r\n").contains(",\"Ann, \"\"the\"\" boss\u240aof all\",");
        NamedCsvRecord row = only(csv);
        assertThat(row.getField("fromName")).isEqualTo("Ann, \"the\" boss\u240aof all");
        assertThat(row.getField("fromPhoneNumber")).isEqualTo("+15550100001");
        assertThat(row.getField("incomplete")).isEqualTo("sequenceGap capped");
        assertThat(row.getField("queues")).isEqualTo("70 77");
        assertThat(row.getField("queueNames")).isEqualTo("Help desk; Sales, south");
        assertThat(row.getField("fromLabel")).isEqualTo("Ann, \"the\" boss\u240aof all +15550100001");
        assertThat(row.getField("toLabel")).isEqualTo("Help desk");
        assertThat(row.getField("answeredByLabel")).isEqualTo("Dana");
        assertThat(row.getField("journey")).startsWith("0:00 Ann, ").contains(" / 0:07 Dana answers / ");
        assertThat(row.getField("transfers")).isEqualTo("blind");
        assertThat(row.getField("parkMs")).isEmpty();
        assertThat(row.getField("holdMs")).isEqualTo("0");
        assertThat(row.getField("parties")).isEqualTo("1");
    }

    @ParameterizedTest
    @CsvSource({
        "=1+1, '''=1+1'",
        "@SUM(A1), '''@SUM(A1)'",
        "-2, '''-2'",
        "+1+cmd|x, '''+1+cmd|x'",
        "\\tA, \u2409A",
        "\\u0000=1+1, \u2400=1+1",
        "\\r=1+1, \u240D=1+1",
        "\\uFEFF=1+1, <U+FEFF>=1+1",
        "\\u200B=1+1, <U+200B>=1+1",
        "\uFF1D1+1, '''\uFF1D1+1'",
        "Ann;=1+1, Ann;'=1+1",
        "Ann; +1+1, Ann;' +1+1",
        "Ann;\\\"=1+1, Ann;'\"=1+1",
        "+15550100001, +15550100001",
        "+1;cmd|x, '''+1;cmd|x'",
        "Ann;+15550100001, Ann;+15550100001",
        "Ann=1, Ann=1"
    })
    void shouldKeepSpreadsheetsFromTakingNamesForFormulas(String name, String cell) throws Exception {
        assertThat(only(listed(CallFormat.CSV, false, 100, call(name))).getField("fromName"))
                .isEqualTo(cell);
    }

    @Test
    void shouldLetNoColumnBeginAFormula() throws Exception {
        NamedCsvRecord row = only(listed(
                CallFormat.CSV,
                false,
                100,
                CALL.replaceAll("\"(name|callerName|action|result)\":\"[^\"]*\"", "\"$1\":\"=1+1\"")));

        assertThat(row.getFields()).noneMatch(each -> each.matches("(.*; *)?=.*"));
        assertThat(row.getFieldsAsMap())
                .contains(
                        Map.entry("fromName", "'=1+1"),
                        Map.entry("callerName", "'=1+1"),
                        Map.entry("toName", "'=1+1"),
                        Map.entry("answeredByName", "'=1+1"),
                        Map.entry("answeredByLabel", "'=1+1"),
                        Map.entry("queueNames", "Help desk;' =1+1"));
    }

    private static String call(String name) {
        return CALL.replace("NAME", name);
    }

    private static NamedCsvRecord only(String csv) {
        List<NamedCsvRecord> rows =
                CsvReader.builder().ofNamedCsvRecord(csv).stream().toList();
        assertThat(rows).hasSize(1);
        return rows.get(0);
    }

    private String listed(CallFormat format, boolean revisions, int width, String... calls) throws IOException {
        DirectoryLookup directory = DirectoryLookup.of(
                List.of(new DirectoryEntry("8", "70", "Help desk", DirectoryEntry.QUEUE, null, null, null)));
        try (CallListing listing = format.to(out, directory, revisions, width)) {
            for (String call : calls) {
                listing.add(call.getBytes(UTF_8));
            }
        }
        return out.toString(UTF_8);
    }

    @Test
    void shouldHaveAColumnForEachFieldOfRowsAndWindows() throws Exception {
        try (CallListing rows = CallFormat.CSV.rowsTo(out, Topic.WINDOW_METRICS.suffix())) {
            rows.add("""
                    {"accountId":"8","scope":"number","scopeId":"+15550100001","scopeName":"=1+1","calls":2,
                     "talk":{"avgMs":null,"sumMs":7},"serviceLevel":{"ratio":0.5}}""".getBytes(UTF_8));
        }

        NamedCsvRecord row = only(out.toString(UTF_8));
        assertThat(row.getHeader())
                .startsWith("accountId", "scope", "scopeId")
                .contains("windowStart", "talkAvgMs", "holdP90Ms", "serviceLevelRatio")
                .doesNotHaveDuplicates();
        assertThat(row.getField("scopeId")).isEqualTo("+15550100001");
        assertThat(row.getField("scopeName")).isEqualTo("'=1+1");
        assertThat(row.getField("calls")).isEqualTo("2");
        assertThat(row.getField("talkAvgMs")).isEmpty();
        assertThat(row.getField("talkSumMs")).isEqualTo("7");
        assertThat(row.getField("serviceLevelRatio")).isEqualTo("0.5");
    }
}
