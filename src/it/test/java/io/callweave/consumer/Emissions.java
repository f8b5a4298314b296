package io.callweave.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.explain.replay.StageReplay;
import io.callweave.notification.NotificationReader;
import io.callweave.topology.calls.CallOptions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The records on {@code calls} for some notifications, and the orders in which a consumer may read them. */
final class Emissions {

    private static final long RECEIVED = 1_772_442_000_000L;

    private Emissions() {}

    /**
     * All records in the order of emission.
     *
     * @param epoch of the state
     * @param longestPause between two notifications, in milliseconds
     */
    static List<ConsumerRecord<String, String>> of(
            Collection<String> notifications, long epoch, RandomGenerator random, int longestPause) {
        StageReplay replay = new StageReplay(CallOptions.DEFAULT);
        NotificationReader reader = new NotificationReader();
        List<StageReplay.Emission> emissions = new ArrayList<>();
        long now = RECEIVED;
        for (String notification : notifications) {
            now += random.nextInt(longestPause);
            emissions.addAll(replay.passTo(now));
            emissions.addAll(
                    replay.accept(reader.read(notification.getBytes(UTF_8)).events())
                            .emissions());
        }
        emissions.addAll(replay.passToTheEnd());
        return emissions.stream().map(emission -> record(emission, epoch)).toList();
    }

    private static ConsumerRecord<String, String> record(StageReplay.Emission emission, long epoch) {
        String key = emission.accountId() + "/" + emission.callId();
        String value = new String(emission.json(), UTF_8).replaceFirst("\"epoch\":0,", "\"epoch\":" + epoch + ",");
        return new ConsumerRecord<>(
                "callweave.calls",
                0,
                0,
                emission.time(),
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                new RecordHeaders(),
                java.util.Optional.empty());
    }

    /** Each key in its own order, with repeated reads of earlier records; the keys in any order. */
    static List<ConsumerRecord<String, String>> asRead(
            List<ConsumerRecord<String, String>> records, RandomGenerator random) {
        Map<String, List<ConsumerRecord<String, String>>> byKey = new LinkedHashMap<>();
        records.forEach(record ->
                byKey.computeIfAbsent(record.key(), key -> new ArrayList<>()).add(record));
        List<List<ConsumerRecord<String, String>>> left = new ArrayList<>(byKey.values());
        Map<String, Integer> next = new LinkedHashMap<>();
        List<ConsumerRecord<String, String>> read = new ArrayList<>();
        while (!left.isEmpty()) {
            List<ConsumerRecord<String, String>> key = left.get(random.nextInt(left.size()));
            int place = next.getOrDefault(key.get(0).key(), 0);
            if (place == key.size()) {
                left.remove(key);
            } else {
                read.add(key.get(place));
                next.put(key.get(0).key(), random.nextInt(4) == 0 ? random.nextInt(place + 1) : place + 1);
            }
        }
        return read;
    }
}
