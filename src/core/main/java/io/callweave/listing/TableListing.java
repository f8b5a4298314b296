package io.callweave.listing;

import io.callweave.call.record.CallRecord;
import io.callweave.call.record.CallTimes;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import io.callweave.words.CallWords;
import io.callweave.words.Lengths;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Records as rows for people; written when all of them are known, since the columns are as wide as their cells. */
final class TableListing implements CallListing {

    /** In a narrower table, times are without year and seconds. */
    private static final int WIDE = 100;

    private final OutputStream out;
    private final DirectoryLookup directory;
    private final boolean revisions;
    private final int width;
    private final DateTimeFormatter time;
    private final List<List<String>> rows = new ArrayList<>();

    TableListing(OutputStream out, DirectoryLookup directory, boolean revisions, int width) {
        this.out = out;
        this.directory = directory;
        this.revisions = revisions;
        this.width = width;
        this.time = DateTimeFormatter.ofPattern(width < WIDE ? "MM-dd HH:mm" : "yyyy-MM-dd HH:mm:ss", Locale.ROOT)
                .withZone(ZoneOffset.UTC);
    }

    @Override
    public void add(byte[] call) throws IOException {
        RecordedCall read = RecordedCall.of(call);
        CallWords words = CallWords.of(read.call(), directory);
        rows.add(columns().stream().map(column -> cell(column, read, words)).toList());
    }

    private List<CallColumn> columns() {
        return Arrays.stream(CallColumn.values())
                .filter(column -> revisions || column != CallColumn.REVISION)
                .toList();
    }

    private String cell(CallColumn column, RecordedCall read, CallWords words) {
        CallTimes times = read.call().times();
        return switch (column) {
            case STARTED -> time.format(Instant.ofEpochMilli(times.startTime()));
            case DIRECTION -> words.direction();
            case FROM -> words.caller();
            case TO -> words.to();
            // First, since what is last is cut.
            case OUTCOME -> doubt(read.call()) + words.happened();
            case WAIT -> times.timeToAnswerMs() == null ? "" : Lengths.clock(times.timeToAnswerMs());
            case LASTED -> Lengths.clock(times.durationMs());
            case REVISION -> Long.toString(read.revision());
        };
    }

    private static String doubt(CallRecord call) {
        return switch (call.state()) {
            case PARTIAL, BACKFILLED -> call.state().word() + ", ";
            case COMPLETE, SUPERSEDED -> "";
        };
    }

    @Override
    public void close() throws IOException {
        try (out) {
            if (!rows.isEmpty()) {
                List<Columns.Column> columns =
                        columns().stream().map(CallColumn::column).toList();
                for (String line : Columns.lines(columns, rows, width)) {
                    out.write(line.getBytes(StandardCharsets.UTF_8));
                    out.write('\n');
                }
            }
        }
    }
}
