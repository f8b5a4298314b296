package io.callweave.bench.throughput;

import io.callweave.bench.figures.Measurement;
import io.callweave.bench.figures.RecordCounts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What subjects cost that took turns in each round.
 *
 * @param rounds of each subject, by label, in the order in which they ran
 * @param sent what each subject in this process sent in all rounds, by label
 * @param linkedShare the share of sessions that were joined with another one
 */
public record Compared(Map<String, List<Measurement>> rounds, Map<String, RecordCounts> sent, double linkedShare) {

    /**
     * Runs them over the same simulated calls, with one broker in this process.
     *
     * @param chosen as they run together
     * @param directory for broker and state, empty
     * @param progress receives a line for each step
     */
    public static Compared run(BenchOptions options, List<Subject> chosen, Path directory, Consumer<String> progress)
            throws InterruptedException {
        Map<String, List<Measurement>> rounds = new LinkedHashMap<>();
        Map<String, RecordCounts> sent = new HashMap<>();
        try (BenchBroker broker = new BenchBroker(directory);
                SubjectGroup group = new SubjectGroup("bench", options, 0, chosen, broker, progress)) {
            group.prepare();
            for (int round = 1; round <= options.rounds(); round++) {
                group.round(
                                round,
                                subject -> counting(sent.computeIfAbsent(subject.label(), key -> new RecordCounts())))
                        .forEach((subject, measurement) -> rounds.computeIfAbsent(
                                        subject.label(), key -> new ArrayList<>())
                                .add(measurement));
            }
            double linkedShare = group.traffic().linkedShare();
            group.finish();
            return new Compared(rounds, sent, linkedShare);
        }
    }

    private static StreamsApplication.Watch counting(RecordCounts sent) {
        return new StreamsApplication.Watch() {
            @Override
            public void beforeStop(KafkaStreams streams) {
                sent.add(streams);
            }
        };
    }
}
