package io.callweave.bench.throughput;

import io.callweave.bench.figures.CpuTimes;
import io.callweave.bench.figures.Measurement;
import io.callweave.bench.traffic.InputPartitions;
import io.callweave.bench.traffic.LiveTraffic;
import io.callweave.files.LocalException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;

/**
 * One subject with its topics, its state and its place in the traffic. It runs only while it is measured, and then
 * continues where it stopped, so its state ages with the traffic.
 */
final class SubjectBench implements AutoCloseable {

    private static final double NANOS = 1e9;
    private static final long LOOK_EVERY_MILLIS = 5;
    private static final int LOOKS_PER_READING = 100;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(30);

    /** Longer than a gap holds events back, so every party event of a part is written within it. */
    private static final long GAPS_GIVEN_UP_AFTER = Duration.ofSeconds(1).toMillis();

    /** Longer than all waits for a call after its parties are over. */
    private static final long SETTLED_AFTER = Duration.ofMinutes(5).toMillis();

    private final Subject subject;
    private final Site site;
    private final BenchBroker broker;
    private final Application application;
    private final LiveTraffic traffic;
    private final SubjectOutput output;

    /** A part of the input. */
    interface Part {

        /** Returns how many notifications it has written. */
        long put(LiveTraffic traffic, LiveTraffic.Sink sink);
    }

    /**
     * Creates its topics.
     *
     * @param name the beginning of their names, and that of its group
     */
    SubjectBench(String name, Subject subject, BenchOptions options, Pace pace, BenchBroker broker) {
        this.subject = subject;
        this.broker = broker;
        site = new Site(
                name,
                subject.label(),
                broker.servers(),
                options.partitions(),
                options.threads(),
                broker.directory().resolve(name).resolve(subject.label()),
                pace.lateWindow(),
                false);
        subject.createTopics(broker.admin(), site);
        application = subject.application(site);
        output = subject.output(site);
        traffic = new LiveTraffic(
                broker.templates(), options.accounts(), pace.start(), pace.gap(), options.linkedShare());
    }

    Subject subject() {
        return subject;
    }

    Site site() {
        return site;
    }

    /** Its place in the traffic. */
    LiveTraffic traffic() {
        return traffic;
    }

    /**
     * Runs the subject over the next part of the input, and checks that it has done its work.
     *
     * @param watch looks at an application in this process
     * @throws LocalException if the subject fails or has not done its work
     */
    Measurement run(Part part, StreamsApplication.Watch watch) {
        return run(part, GAPS_GIVEN_UP_AFTER, watch, false);
    }

    /** As above, but the input is there from the start, and the start of the application is measured, too. */
    Measurement restart(Part part, StreamsApplication.Watch watch) {
        return run(part, GAPS_GIVEN_UP_AFTER, watch, true);
    }

    /** Lets all calls end, and checks their number. */
    void finish() {
        run((flow, sink) -> flow.rest(sink), SETTLED_AFTER, StreamsApplication.Watch.NONE, false);
        output.end(traffic);
    }

    private Measurement run(Part part, long runOn, StreamsApplication.Watch watch, boolean restart) {
        if (application instanceof StreamsApplication streams) {
            streams.watch(watch);
        }
        try (BenchInput input = new BenchInput(
                site.bootstrapServers(), site.input(), new InputPartitions(subject.partitionBy(), site.partitions()))) {
            long notifications = part.put(traffic, input);
            input.flush();
            if (restart) {
                input.commit();
            }
            CpuTimes.Reading before = cpu();
            long start = System.nanoTime();
            application.start(notifications, traffic.now() + runOn, !restart);
            if (!restart) {
                before = cpu();
                start = System.nanoTime();
                input.commit();
            }
            await(input.ends());
            double seconds = (System.nanoTime() - start) / NANOS;
            Measurement measurement = new Measurement(notifications, seconds, cpu().since(before));
            application.stop();
            output.part(notifications);
            BenchTopics.deleteOld(broker.admin(), site.prefix(), site.group());
            return measurement;
        } catch (LocalException e) {
            throw e;
        } catch (Exception e) {
            // Frameworks wrap the exception of a function in sentences that do not name it.
            Throwable root = e;
            while (root.getCause() != null) {
                root = root.getCause();
            }
            throw new LocalException(subject.label() + " failed: " + root + ".", e);
        }
    }

    private void await(Map<TopicPartition, Long> ends) throws Exception {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        for (int looks = 1; !application.isDone(ends); looks++) {
            Thread.sleep(LOOK_EVERY_MILLIS); // commits can only be polled
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("it does not come to the end of its input");
            }
            if (looks % LOOKS_PER_READING == 0) {
                cpu();
            }
        }
    }

    /** Of this process, with the broker in it, and of those of the subject. */
    private CpuTimes.Reading cpu() {
        return broker.cpu().plus(application.cpu());
    }

    @Override
    public void close() {
        application.close();
        output.close();
    }
}
