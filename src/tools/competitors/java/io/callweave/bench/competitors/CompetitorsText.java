package io.callweave.bench.competitors;

import io.callweave.bench.figures.Machine;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.Spread;
import io.callweave.bench.throughput.BenchOptions;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** The results as tables for people. */
final class CompetitorsText {

    private CompetitorsText() {}

    static void print(CompetitorResults results, PrintWriter out) {
        BenchOptions size = results.options().size();
        out.printf(
                Locale.ROOT,
                "%s of %,d notifications after %,d to warm up; %,d accounts, %.1f %% linked sessions, %,d calls at a time%n",
                size.roundsText(),
                size.events(),
                size.warmUp(),
                size.accounts(),
                results.linkedShare() * 100,
                size.concurrentCalls());
        out.printf(
                Locale.ROOT,
                "%d partitions, %d threads; broker, each subject and PostgreSQL in processes of their own; %s%n",
                size.partitions(),
                size.threads(),
                Machine.here().text());
        out.println("PostgreSQL as initdb configures it: fsync and synchronous_commit are on.");
        out.println("Median (least to most). CPU is seconds per million notifications of the subject, the broker and"
                + " PostgreSQL together, without JIT and with GC.");
        out.printf(Locale.ROOT, "%-17s  %-34s  %-22s  %s%n", "", "notifications/s", "CPU", "JIT");
        List<Competitor> subjects = results.rounds().keySet().stream().sorted().toList();
        for (Competitor subject : subjects) {
            out.printf(
                    Locale.ROOT,
                    "%-17s  %-34s  %-22s  %s%n",
                    subject.label(),
                    Spread.of(results.figures(subject, Measurement::perSecond)).text(0),
                    Spread.of(results.figures(subject, Measurement::cpuPerMillion))
                            .text(1),
                    Spread.of(results.figures(subject, Measurement::jitPerMillion))
                            .text(1));
        }
        for (Competitor product :
                subjects.stream().filter(Competitor::isCallweave).toList()) {
            subjects.stream()
                    .filter(baseline -> baseline.compareTo(product) > 0)
                    .forEach(baseline -> printRatio(results, product, baseline, out));
        }
        out.println();
        out.println("They do not do the same work:");
        WorkTable.print(subjects, out);
    }

    private static void printRatio(
            CompetitorResults results, Competitor product, Competitor baseline, PrintWriter out) {
        out.printf(
                Locale.ROOT,
                "%s / %s, round by round: notifications/s %s, CPU %s%n",
                product.label(),
                baseline.label(),
                Spread.of(results.ratios(product, baseline, Measurement::perSecond))
                        .text(2),
                Spread.of(results.ratios(product, baseline, Measurement::cpuPerMillion))
                        .text(2));
    }
}
