package io.callweave.bench.competitors;

import static io.callweave.bench.competitors.Competitor.CALLWEAVE;
import static io.callweave.bench.competitors.Competitor.CALLWEAVE_ACCOUNT;
import static io.callweave.bench.competitors.Competitor.CALLWEAVE_FEWER;
import static io.callweave.bench.competitors.Competitor.FLINK_HEAP;
import static io.callweave.bench.competitors.Competitor.FLINK_ROCKSDB;
import static io.callweave.bench.competitors.Competitor.POSTGRESQL_ALL;
import static io.callweave.bench.competitors.Competitor.POSTGRESQL_CALLS;

import java.io.PrintWriter;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** What each subject does and does not do, because their costs are not those of the same work. */
final class WorkTable {

    private static final String WORK = "%-30s";

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
            Row.only("windows per extension and more", CALLWEAVE, CALLWEAVE_ACCOUNT),
            Row.only("live calls", CALLWEAVE, CALLWEAVE_ACCOUNT),
            Row.only("rows of parties", CALLWEAVE, CALLWEAVE_ACCOUNT, POSTGRESQL_CALLS, POSTGRESQL_ALL),
            Row.only("joins sessions into one call", CALLWEAVE, CALLWEAVE_ACCOUNT, CALLWEAVE_FEWER),
            Row.only("holds events after a gap", CALLWEAVE, CALLWEAVE_ACCOUNT, CALLWEAVE_FEWER),
            new Row("event with a lower sequence", competitor -> switch (competitor.kind()) {
                case POSTGRESQL -> "dropped";
                case STREAMS, FLINK -> "revises";
            }),
            new Row("late event changes windows", competitor -> switch (competitor) {
                case CALLWEAVE, CALLWEAVE_ACCOUNT, CALLWEAVE_FEWER -> "corrects them";
                case DSL -> "counts twice";
                case FLINK_HEAP, FLINK_ROCKSDB, POSTGRESQL_ALL, POSTGRESQL_CALLS -> "no";
            }),
            new Row("duplicate, 1 h after the end", competitor -> switch (competitor) {
                case DSL -> "output again";
                case FLINK_HEAP -> "a new call";
                case CALLWEAVE, CALLWEAVE_ACCOUNT, CALLWEAVE_FEWER, FLINK_ROCKSDB, POSTGRESQL_CALLS, POSTGRESQL_ALL ->
                    "ignored";
            }),
            new Row("keeps a session after its end", competitor -> switch (competitor) {
                case CALLWEAVE, CALLWEAVE_ACCOUNT, CALLWEAVE_FEWER -> "24 h by default";
                case FLINK_HEAP -> "10 min";
                case FLINK_ROCKSDB -> "24 h";
                case DSL, POSTGRESQL_CALLS, POSTGRESQL_ALL -> "permanently";
            }),
            new Row("state", competitor -> switch (competitor) {
                case CALLWEAVE, CALLWEAVE_ACCOUNT, CALLWEAVE_FEWER, DSL -> "changelog";
                case FLINK_HEAP, FLINK_ROCKSDB -> "checkpoint, 1 s";
                case POSTGRESQL_CALLS, POSTGRESQL_ALL -> "rows, fsync";
            }),
            new Row(
                    "after a crash",
                    competitor ->
                            competitor.kind() == Competitor.Kind.POSTGRESQL ? "repeats, same rows" : "exactly once"));

    /** Prints a column for each subject that ran. How the input is partitioned does not change the work. */
    static void print(Collection<Competitor> subjects, PrintWriter out) {
        List<Competitor> columns = subjects.stream()
                .filter(subject -> subject != CALLWEAVE_ACCOUNT || !subjects.contains(CALLWEAVE))
                .sorted()
                .toList();
        out.println(line("", columns, Competitor::label));
        ROWS.forEach(row -> out.println(line(row.work(), columns, row.of())));
        out.flush();
    }

    private static String line(String work, List<Competitor> columns, Function<Competitor, String> of) {
        StringBuilder line = new StringBuilder(WORK.formatted(work));
        columns.forEach(column -> line.append(("  %-" + width(column) + "s").formatted(of.apply(column))));
        return line.toString().stripTrailing();
    }

    private static int width(Competitor column) {
        return Stream.concat(
                        Stream.of(column.label()),
                        ROWS.stream().map(row -> row.of().apply(column)))
                .mapToInt(String::length)
                .max()
                .orElseThrow();
    }
}
