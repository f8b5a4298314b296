package io.callweave.bench.competitors;

import io.callweave.bench.competitors.flink.FlinkApplication;
import io.callweave.bench.competitors.postgresql.PostgresApplication;
import io.callweave.bench.correctness.InputProgress;
import io.callweave.bench.figures.CpuTimes;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/** The process of a subject that can be killed at any time. It ends at the end of its input, which is all there. */
final class WrongCallsProcess {

    private static final long LOOK_EVERY_MILLIS = 50;
    private static final int FAILED = 1;

    private WrongCallsProcess() {}

    /** Takes the arguments of a {@link CompetitorSite}. */
    public static void main(String... arguments) {
        System.setProperty("callweave.kafka-log-level", "OFF");
        PrintStream answers = System.out;
        // A library that prints must not have the last word.
        System.setOut(System.err);
        int status = FAILED;
        try {
            CpuTimes.Reading used = run(CompetitorSite.of(arguments));
            answers.printf(Locale.ROOT, "cpu %.3f %.3f%n", used.process(), used.jit());
            answers.flush();
            status = 0;
        } catch (Exception e) {
            // Stderr goes to a log file, and the bench shows the last line of it.
            e.printStackTrace();
            System.err.println(e);
        }
        // Threads of a cluster in this process would keep it alive.
        Runtime.getRuntime().halt(status);
    }

    private static CpuTimes.Reading run(CompetitorSite site) throws Exception {
        CpuTimes cpu = new CpuTimes();
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, site.bootstrapServers()))) {
            InputProgress progress = new InputProgress(admin, site.input(), site.partitions(), site.group());
            CompetitorApplication application = switch (site.competitor().kind()) {
                case FLINK -> new FlinkApplication(site);
                case POSTGRESQL -> new PostgresApplication(site);
                case STREAMS ->
                    throw new IllegalArgumentException(
                            site.competitor().label() + " is a subject of bench correctness itself");
            };
            application.start(0, 0);
            boolean isCommitted;
            do {
                cpu.read();
                Thread.sleep(LOOK_EVERY_MILLIS); // commits can only be polled
                isCommitted = progress.isDone();
                // Asked after that, because a commit can be read a little later, and in any case, because it tells of
                // failures.
            } while (!application.isReadable() || !isCommitted);
        }
        return cpu.read();
    }
}
