package io.callweave.bench.faults;

import io.callweave.bench.faults.FaithfulPosts.Answered;
import io.callweave.bench.faults.FaultVerdict.Finding;
import io.callweave.bench.faults.Standstill.Happened;
import io.callweave.bench.faults.Standstill.Wait;
import io.callweave.files.LocalException;
import io.callweave.sending.Pacing;
import io.callweave.simulation.CentreSize;
import io.callweave.simulation.Traffic;
import io.callweave.simulation.artifact.ArtifactMix;
import io.callweave.simulation.delivery.DeliveryFaults;
import io.callweave.simulation.platform.Notification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/** One run: calls for some minutes, faults meanwhile, and then the verdict. */
public final class FaultRun {

    private static final int ACCOUNTS = 6;
    private static final int SEATS = 50;
    private static final long CALLS_PER_HOUR = 10L * ACCOUNTS * SEATS;
    private static final Instant FROM = Instant.parse("2026-03-02T09:00:00Z");
    private static final DeliveryFaults DELIVERY = DeliveryFaults.parse("shuffled=2s,duplicated=5%,late=0.5%");

    /** The account of a sender who sends what RingCentral would not; one notification of so many is for it. */
    private static final String HOSTILE = "666000666";

    private static final int HOSTILE_EVERY = 25;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long LOOK_EVERY_MS = 10_000;
    private static final int MOST_SHOWN = 40;

    private final Options options;
    private final Consumer<String> progress;
    private final List<Happened> happened = new ArrayList<>();

    /** The highest, for each processor. */
    private double load;

    /**
     * What runs.
     *
     * @param calls about how many
     * @param kinds of faults
     * @param pause seconds between two faults
     * @param directory of all that is written, which is kept
     * @param upgrade class path of another build; null for none
     */
    public record Options(
            long seed,
            Duration length,
            int calls,
            Set<Fault.Kind> kinds,
            int pause,
            Path directory,
            @Nullable String upgrade) {

        public Options {
            kinds = Set.copyOf(kinds);
        }
    }

    /** What came of it. */
    public record Outcome(
            List<Finding> findings,
            List<Standstill> standstills,
            int faults,
            int notifications,
            int calls,
            Map<String, Integer> endedByThemselves) {}

    /** @param progress receives a line for each step */
    public FaultRun(Options options, Consumer<String> progress) {
        this.options = options;
        this.progress = progress;
    }

    /** Runs all, and returns the verdict. */
    public Outcome run() throws IOException, InterruptedException {
        Files.createDirectories(options.directory());
        List<String> accounts = traffic().accounts();
        List<String> posted = new ArrayList<>(accounts.subList(1, accounts.size()));
        posted.add(HOSTILE);
        try (FaultSite site = new FaultSite(options.directory(), options.kinds(), posted, accounts.get(0))) {
            return run(
                    site,
                    FaultSchedule.of(options.seed(), options.length(), possible(site), options.pause()),
                    accounts.get(0));
        }
    }

    private Set<Fault.Kind> possible(FaultSite site) {
        Set<Fault.Kind> kinds = EnumSet.copyOf(options.kinds());
        if (site.smallDisk() == null && kinds.remove(Fault.Kind.DISK_FULL)) {
            say("no disk is full: only root can mount a small one");
        }
        if (site.slowDisk() == null && kinds.remove(Fault.Kind.DISK_SLOW)) {
            say("no disk is slow: only root can mount one");
        }
        if (site.clocks().isEmpty() && kinds.remove(Fault.Kind.CLOCK_MOVED)) {
            say("no clock is moved: libfaketime is not installed");
        }
        return kinds;
    }

    private Outcome run(FaultSite site, List<Fault> faults, String connected) throws IOException, InterruptedException {
        FaithfulPosts posts = new FaithfulPosts(site.webhooks(), FaultSite.TOKEN);
        Sending sending = new Sending(site, posts, connected);
        Supervisor supervisor = new Supervisor(site);
        OutputWatch watch = new OutputWatch(site.brokers().bootstrapServers());
        Evidence seen;
        try (watch) {
            sending.start();
            supervisor.start();
            FaultActions actions = new FaultActions(site, options.upgrade());
            long began = System.currentTimeMillis();
            for (Fault fault : faults) {
                long wait = began + fault.at().toMillis() - System.currentTimeMillis();
                if (wait > 0) {
                    Thread.sleep(wait);
                }
                double now = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
                load = Math.max(load, now / Runtime.getRuntime().availableProcessors());
                say("fault %d: %s, load %.1f".formatted(happened.size() + 1, fault, now));
                Set<String> hit = actions.hit(fault);
                long at = System.currentTimeMillis();
                actions.happen(fault);
                happened.add(new Happened(fault, at, System.currentTimeMillis(), hit));
            }
            sending.join();
            posts.finish();
            say("all is sent: " + posts.answered().size() + " answered with 200, " + posts.refused() + " refused, "
                    + sending.published + " over the WebSocket");
            site.brokers().awaitAll();
            site.awaitReady();
            seen = settled(site, posts);
        }
        List<Finding> findings = new ArrayList<>(FaultVerdict.of(seen));
        // What RingCentral would not send may come out late: nobody else waits for it.
        List<Wait> waits = watch.waits(posts.answered().stream()
                .filter(each -> !each.account().equals(HOSTILE))
                .toList());
        Standstill.unexplained(happened, waits, load)
                .forEach(wait -> findings.add(new Finding("standstill", wait.toString())));
        supervisor.interrupt();
        supervisor.join();
        Map<String, Integer> ended = new TreeMap<>();
        site.processes().forEach(each -> ended.put(each.name(), each.ended()));
        ended.values().removeIf(times -> times == 0);
        Outcome outcome = new Outcome(
                findings,
                Standstill.of(happened, waits),
                happened.size(),
                seen.notifications().size(),
                Objects.requireNonNullElse(seen.console(), Map.of()).size(),
                ended);
        report(outcome);
        return outcome;
    }

    /** Waits until nothing is wrong, or until nothing can be expected to change. */
    private Evidence settled(FaultSite site, FaithfulPosts posts) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Thread.sleep(LOOK_EVERY_MS);
            boolean last = System.nanoTime() > deadline;
            try {
                Evidence seen = Seen.of(
                        site, posts.answered().stream().map(Answered::body).toList());
                List<Finding> findings = FaultVerdict.of(seen);
                if (findings.isEmpty() || last) {
                    return seen;
                }
                say("not yet: " + counted(findings));
            } catch (KafkaException | LocalException | IOException slow) {
                // A broker or the console is not back yet.
                if (last) {
                    throw slow;
                }
                say("not yet: " + slow.getMessage());
            }
        }
    }

    private static Map<String, Integer> counted(List<Finding> findings) {
        Map<String, Integer> counts = new TreeMap<>();
        findings.forEach(each -> counts.merge(each.kind(), 1, Integer::sum));
        return counts;
    }

    private void report(Outcome outcome) {
        say("%d faults, %d notifications on the topic, %d calls; %d ended by themselves: %s"
                .formatted(
                        outcome.faults(),
                        outcome.notifications(),
                        outcome.calls(),
                        outcome.endedByThemselves().values().stream()
                                .mapToInt(Integer::intValue)
                                .sum(),
                        outcome.endedByThemselves()));
        Map<String, List<Long>> beyond = new TreeMap<>();
        for (Standstill each : outcome.standstills()) {
            for (String name : List.of(each.fault().kind().word(), "all")) {
                beyond.computeIfAbsent(
                                each.hit()
                                        ? "wait beyond the fault on the ways hit by " + name
                                        : "wait on the other ways at " + name,
                                none -> new ArrayList<>())
                        .add(each.hit() ? each.beyondMs() : each.ms());
            }
        }
        beyond.forEach((name, times) -> say("%s: median %d ms, p95 %d ms, longest %d ms"
                .formatted(
                        name,
                        Standstill.percentile(times, 50),
                        Standstill.percentile(times, 95),
                        Standstill.percentile(times, 100))));
        StringBuilder rows = new StringBuilder("fault,target,seconds,way,hit,waitMs,beyondMs\n");
        outcome.standstills().forEach(each -> rows.append(each.row()).append('\n'));
        write("standstills.csv", rows.toString());
        if (outcome.findings().isEmpty()) {
            say("verdict: clean, seed " + options.seed());
            return;
        }
        say("verdict: NOT CLEAN, seed " + options.seed() + ": " + counted(outcome.findings()));
        outcome.findings().stream().limit(MOST_SHOWN).forEach(each -> say("  " + each));
        StringBuilder lines = new StringBuilder();
        outcome.findings().forEach(each -> lines.append(each).append('\n'));
        write("findings.txt", lines.toString());
    }

    private void say(String line) {
        String stamped = Instant.now().truncatedTo(ChronoUnit.SECONDS) + " " + line;
        progress.accept(stamped);
        write("run.txt", stamped + "\n");
    }

    private void write(String file, String text) {
        try {
            // A finding may name an id with half of a character, which writeString refuses.
            Files.write(
                    options.directory().resolve(file),
                    text.getBytes(StandardCharsets.UTF_8),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same notifications for the same seed. */
    private Traffic traffic() {
        Duration span = Duration.ofSeconds(Math.max(60, options.calls() * 3_600L / CALLS_PER_HOUR));
        return new Traffic(
                new CentreSize(options.seed(), ACCOUNTS, SEATS, FROM, span, true), DELIVERY, ArtifactMix.DEFAULT);
    }

    /** Sends all of the traffic, evenly over the length of the run. */
    private final class Sending extends Thread {

        private final FaultSite site;
        private final FaithfulPosts posts;
        private final String connected;
        private final HostileNotifications hostile = new HostileNotifications(options.seed());
        private final AtomicInteger published = new AtomicInteger();

        Sending(FaultSite site, FaithfulPosts posts, String connected) {
            super("sending");
            this.site = site;
            this.posts = posts;
            this.connected = connected;
        }

        @Override
        public void run() {
            try {
                long all = 0;
                for (Traffic traffic = traffic(); traffic.hasNext(); traffic.next()) {
                    all++;
                }
                Pacing pacing = new Pacing.Rate(all / (double) options.length().toSeconds());
                Instant started = Instant.now();
                long sent = 0;
                for (Traffic traffic = traffic(); traffic.hasNext(); ) {
                    Notification notification = traffic.next().notification();
                    if (notification != null) {
                        long wait = Duration.between(Instant.now(), pacing.due(sent, FROM, FROM, started))
                                .toMillis();
                        Thread.sleep(Math.max(0, wait));
                        send(notification);
                    }
                    sent++;
                    if (notification != null && sent % HOSTILE_EVERY == 0) {
                        posts.send(
                                HOSTILE,
                                hostile.of(notification
                                        .json()
                                        .replace(notification.account(), HOSTILE)
                                        .getBytes(StandardCharsets.UTF_8)));
                    }
                }
            } catch (InterruptedException e) {
                throw new LocalException("The run was stopped.", e);
            }
        }

        private void send(Notification notification) throws InterruptedException {
            if (notification.account().equals(connected)) {
                site.platform().publish(notification);
                published.incrementAndGet();
            } else {
                posts.send(notification.account(), notification.bytes());
            }
        }
    }

    /** Starts processes again that have ended by themselves, as systemd and Kubernetes do. */
    private final class Supervisor extends Thread {

        private final FaultSite site;

        Supervisor(FaultSite site) {
            super("supervisor");
            this.site = site;
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                while (true) {
                    Thread.sleep(1_000);
                    for (RoleProcess each : site.processes()) {
                        if (each.supervise()) {
                            say(each.name() + " ended by itself, and is started again");
                        }
                    }
                }
            } catch (InterruptedException e) {
                // The run is over.
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
