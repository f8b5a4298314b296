package io.callweave.words;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.Call;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.live.LiveCall;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Session;
import io.callweave.console.view.CallRow;
import io.callweave.console.view.LaneJson;
import io.callweave.console.view.LiveView;
import io.callweave.deliver.EventType;
import io.callweave.deliver.Occurrence;
import io.callweave.deliver.Version;
import io.callweave.deliver.post.WebhookBodies;
import io.callweave.demo.CallLine;
import io.callweave.demo.Ink;
import io.callweave.directory.DirectoryLookup;
import io.callweave.explain.Explanation;
import io.callweave.explain.RecordedLines;
import io.callweave.files.KeptNotifications;
import io.callweave.files.NotificationLine;
import io.callweave.files.Tally;
import io.callweave.listing.CallFormat;
import io.callweave.metrics.ServiceGoals;
import io.callweave.metrics.ServiceLevels;
import io.callweave.notification.NotificationLimits;
import io.callweave.notification.NotificationReader;
import io.callweave.record.CallRecordJson;
import io.callweave.record.ExcludedCalls;
import io.callweave.record.LiveCallJson;
import io.callweave.record.RecordedCall;
import io.callweave.report.CallReport;
import io.callweave.report.ReportRules;
import io.callweave.report.Table;
import io.callweave.report.page.CsvFiles;
import io.callweave.report.page.ReportPage;
import io.callweave.topology.calls.CallOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call as each place shows it.
 *
 * @param notifications of the call, one a line
 */
record ToldCall(CallRecord call, List<String> notifications, DirectoryLookup directory) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WIDTH = 120;

    String demo() {
        return CallLine.of(call, 1, directory, ZoneOffset.UTC, new Ink(false));
    }

    String table() throws IOException {
        return listed(CallFormat.TABLE);
    }

    String csv() throws IOException {
        return listed(CallFormat.CSV);
    }

    private String listed(CallFormat format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (var listing = format.to(out, directory, false, WIDTH)) {
            listing.add(record());
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private byte[] record() {
        return CallRecordJson.write(call, 1);
    }

    /** As the list of the console has it. */
    JsonNode row() throws IOException {
        return CallRow.of(RecordedCall.of(JSON.readTree(record())), directory);
    }

    /** As the console has it when the call is open. */
    CallWords words() throws IOException {
        return CallWords.of(RecordedCall.read(JSON.readTree(record())), directory);
    }

    JsonNode lanes() throws IOException {
        return LaneJson.lanes(words().lanes());
    }

    JsonNode arrows() throws IOException {
        return LaneJson.arrows(words().arrows());
    }

    String explanation() {
        List<NotificationLine> lines = new ArrayList<>();
        for (String each : notifications) {
            long number = lines.size() + 1L;
            lines.add(new NotificationLine(each.getBytes(StandardCharsets.UTF_8), "call.ndjson", number, null));
        }
        return Explanation.of(
                RecordedLines.read(
                        lines.iterator(),
                        KeptNotifications.ofTopic(NotificationLimits.DEFAULT),
                        new Tally(),
                        new RecordedLines.Listener() {}),
                call.accountId(),
                call.callId(),
                CallOptions.DEFAULT,
                false);
    }

    private CallReport report() {
        CallReport report = new CallReport(
                new ReportRules(
                        ZoneOffset.UTC,
                        null,
                        null,
                        null,
                        null,
                        ServiceLevels.DEFAULT,
                        ServiceGoals.NONE,
                        ExcludedCalls.NONE),
                directory,
                Long.MAX_VALUE);
        report.add(call);
        return report;
    }

    String reportPage() throws IOException {
        StringBuilder html = new StringBuilder();
        new ReportPage(report(), new ReportPage.Source("call.ndjson", List.of()), true).write(html);
        return html.toString();
    }

    /** A table of the report of this call alone, as CSV. */
    String reportTable(String name) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Table found = report().tables().stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
        new CsvFiles(ZoneOffset.UTC, true).write(found, out);
        return out.toString(StandardCharsets.UTF_8);
    }

    String webhook() {
        return body(EventType.CALL_COMPLETED, record());
    }

    private String body(EventType type, byte[] value) {
        List<ByteBuffer> parts = new WebhookBodies(DirectoryLookup.EMPTY, InstantSource.system())
                .of(
                        new Occurrence(
                                type,
                                call.accountId(),
                                call.accountId() + "/" + call.callId(),
                                new Version(0, 1, 0),
                                "id",
                                call.times().endTime(),
                                value),
                        List.of());
        return parts.stream()
                .map(part -> StandardCharsets.UTF_8.decode(part).toString())
                .collect(Collectors.joining());
    }

    /** The call after the first half of its events; null if it has several sessions. */
    @Nullable
    Live half() throws IOException {
        TreeMap<Long, PartyEvent> events = new TreeMap<>();
        NotificationReader reader = new NotificationReader();
        for (String each : notifications) {
            reader.read(each.getBytes(StandardCharsets.UTF_8)).events().stream()
                    .filter(event -> event.session().accountId().equals(call.accountId()))
                    .forEach(event -> events.putIfAbsent(event.sequence(), event));
        }
        if (events.values().stream().map(PartyEvent::session).distinct().count() != 1) {
            return null;
        }
        Session session = Session.empty(events.firstEntry().getValue().session());
        PartyEvent last = events.firstEntry().getValue();
        for (PartyEvent event :
                events.values().stream().limit((events.size() + 1) / 2).toList()) {
            session = session.with(event);
            last = event;
        }
        byte[] value = LiveCallJson.write(LiveCall.of(Call.of(List.of(session), List.of())));
        return new Live(
                LiveView.of((ObjectNode) JSON.readTree(value), null, Instant.ofEpochMilli(last.eventTime()), directory),
                body(EventType.CALL_STARTED, value));
    }

    /** A call that goes on, as the console has it and as it is posted. */
    record Live(LiveView view, String webhook) {

        String sentence() {
            return view.sentence();
        }
    }
}
