package io.callweave.bench.competitors;

import static io.callweave.bench.competitors.Competitor.CALLWEAVE;
import static io.callweave.bench.competitors.Competitor.FLINK_HEAP;
import static io.callweave.bench.competitors.Competitor.FLINK_ROCKSDB;
import static io.callweave.bench.competitors.Competitor.POSTGRESQL_ALL;
import static io.callweave.bench.competitors.Competitor.POSTGRESQL_CALLS;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** What each subject does and does not do, because their costs are not those of the same work. */
final class WorkTable {

    private static final String FORMAT = "%-30s";
    private static final int COLUMN = 18;

    private WorkTable() {}

    private record Row(String work, Function<Competitor, String> of) {

        static Row only(String work, Competitor... doing) {
            return new Row(work, competitor -> List.of(doing).contains(competitor) ? "yes" : "no");
        }
    }

    private static final List<Row> ROWS = List.of(
            new Row(
                    "party events",
                    competitor ->
                            competitor == POSTGRESQL_CALLS ? "no" : competitor == POSTGRESQL_ALL ? "table" : "topic"),
            new Row("calls", competitor -> competitor.kind() == Competitor.Kind.POSTGRESQL ? "table" : "topic"),
            new Row(
                    "windows per account",
                    competitor ->
                            competitor == POSTGRESQL_CALLS ? "no" : competitor == POSTGRESQL_ALL ? "table" : "topic"),
            Row.only("live calls", CALLWEAVE),
            Row.only("rows of parties", CALLWEAVE, POSTGRESQL_CALLS, POSTGRESQL_ALL),
            Row.only("joins sessions into one call", CALLWEAVE),
            Row.only("holds events after a gap", CALLWEAVE),
            new Row("event with a lower sequence", competitor -> switch (competitor.kind()) {
                case POSTGRESQL -> "dropped";
                case STREAMS, FLINK -> "revises";
            }),
            new Row("late event changes windows", competitor -> switch (competitor) {
                case CALLWEAVE -> "corrects them";
                case DSL -> "counts twice";
                case FLINK_HEAP, FLINK_ROCKSDB, POSTGRESQL_ALL, POSTGRESQL_CALLS -> "no";
            }),
            new Row("duplicate, 3 s after the end", competitor -> switch (competitor) {
                case DSL -> "output again";
                case FLINK_HEAP -> "a new call";
                case CALLWEAVE, FLINK_ROCKSDB, POSTGRESQL_CALLS, POSTGRESQL_ALL -> "ignored";
            }),
            new Row("keeps a session after its end", competitor -> switch (competitor) {
                case CALLWEAVE -> "24 h by default";
                case FLINK_HEAP -> "up to 2 s";
                case FLINK_ROCKSDB -> "24 h";
                case DSL, POSTGRESQL_CALLS, POSTGRESQL_ALL -> "permanently";
            }),
            new Row("state", competitor -> switch (competitor) {
                case CALLWEAVE, DSL -> "changelog";
                case FLINK_HEAP, FLINK_ROCKSDB -> "checkpoint, 1 s";
                case POSTGRESQL_CALLS, POSTGRESQL_ALL -> "rows, fsync";
            }),
            new Row(
                    "after a crash",
                    competitor ->
                            competitor.kind() == Competitor.Kind.POSTGRESQL ? "repeats, same rows" : "exactly once"));

    /** Prints a column for each subject that ran. */
    static void print(Collection<Competitor> subjects, PrintWriter out) {
        List<Competitor> columns = subjects.stream().sorted().toList();
        out.printf(Locale.ROOT, FORMAT, "");
        columns.forEach(competitor -> cell(competitor.label(), out));
        out.println();
        for (Row row : ROWS) {
            out.printf(Locale.ROOT, FORMAT, row.work());
            columns.forEach(competitor -> cell(row.of().apply(competitor), out));
            out.println();
        }
        out.flush();
    }

    private static void cell(String text, PrintWriter out) {
        out.print("  " + text + " ".repeat(Math.max(0, COLUMN - text.length())));
    }
}
