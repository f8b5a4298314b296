package io.callweave.bench.throughput;

import io.callweave.bench.figures.Machine;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.Spread;
import io.callweave.bench.figures.ThreadKind;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The results as a table for people. */
public final class ResultsText {

    private static final List<List<Subject>> RATIOS = List.of(
            List.of(Subject.CALLWEAVE, Subject.DSL),
            List.of(Subject.BY_ACCOUNT, Subject.DSL),
            List.of(Subject.FEWER, Subject.DSL),
            List.of(Subject.BY_ACCOUNT, Subject.CALLWEAVE),
            List.of(Subject.FEWER, Subject.CALLWEAVE),
            List.of(Subject.CALLWEAVE, Subject.PLUMBING),
            List.of(Subject.CALLWEAVE, Subject.PASS_THROUGH),
            List.of(Subject.PLUMBING, Subject.PASS_THROUGH));

    private ResultsText() {}

    public static void print(Results results, PrintWriter out) {
        BenchOptions options = results.options();
        out.printf(
                "%s of %,d notifications after %,d to warm up; %,d accounts, %.1f %% linked sessions, %,d calls at a time, %s%n",
                options.roundsText(),
                options.events(),
                options.warmUp(),
                options.accounts(),
                results.linkedShare() * 100,
                options.concurrentCalls(),
                options.aged() == 0
                        ? "no call is closed"
                        : "%,d settled calls in the late window".formatted(options.aged()));
        out.printf(
                "%d partitions, %d threads, commit interval %d ms (callweave: %d ms), exactly_once_v2, broker in this process; %s%n",
                options.partitions(),
                options.threads(),
                options.commitInterval().toMillis(),
                CallweaveCandidate.COMMIT_INTERVAL.toMillis(),
                Machine.here().text());
        out.println(
                "Median (least to most). CPU and JIT are seconds per million notifications; CPU is without JIT and with GC.");
        out.printf("%-17s  %-34s  %-22s  %-20s  %s%n", "", "notifications/s", "CPU", "of it GC", "JIT");
        for (Subject subject : Subject.values()) {
            if (!options.subjects().contains(subject)) {
                continue;
            }
            out.printf(
                    "%-17s  %-34s  %-22s  %-20s  %s%n",
                    subject.label(),
                    Spread.of(results.figures(subject, Measurement::perSecond)).text(0),
                    Spread.of(results.figures(subject, Measurement::cpuPerMillion))
                            .text(1),
                    Spread.of(results.figures(subject, Measurement::gcPerMillion))
                            .text(1),
                    Spread.of(results.figures(subject, Measurement::jitPerMillion))
                            .text(1));
        }
        printThreads(results, out);
        printRecords(results, out);
        for (List<Subject> ratio : RATIOS) {
            if (!options.subjects().containsAll(ratio)) {
                continue;
            }
            Subject subject = ratio.get(0);
            Subject baseline = ratio.get(1);
            out.printf(
                    "%s / %s, round by round: notifications/s %s, CPU %s%n",
                    subject.label(),
                    baseline.label(),
                    Spread.of(results.ratios(subject, baseline, Measurement::perSecond))
                            .text(2),
                    Spread.of(results.ratios(subject, baseline, Measurement::cpuPerMillion))
                            .text(2));
        }
        out.flush();
    }

    private static void printRecords(Results results, PrintWriter out) {
        out.println("Records sent for each notification:");
        for (Subject subject : Subject.values()) {
            if (results.options().subjects().contains(subject)) {
                String records = results.recordsPerNotification(subject).entrySet().stream()
                        .map(sent -> "%s %.2f".formatted(sent.getKey(), sent.getValue()))
                        .collect(Collectors.joining(", "));
                out.printf("%-17s  %s%n", subject.label(), records);
            }
        }
    }

    private static void printThreads(Results results, PrintWriter out) {
        out.println("Medians of the CPU seconds per million by kind of thread:");
        for (Subject subject : Subject.values()) {
            if (results.options().subjects().contains(subject)) {
                String kinds = Stream.of(ThreadKind.values())
                        .map(kind -> "%s %.1f"
                                .formatted(
                                        kind.word(),
                                        Spread.of(results.figures(subject, round -> round.perMillion(kind)))
                                                .median()))
                        .collect(Collectors.joining(", "));
                out.printf("%-17s  %s%n", subject.label(), kinds);
            }
        }
    }
}
