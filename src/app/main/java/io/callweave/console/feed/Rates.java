package io.callweave.console.feed;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How many records a second came on each topic, over the last ten seconds. Thread-safe. */
public final class Rates {

    private static final int SECONDS = 10;

    private final LongSupplier nanoTime;
    private final Map<String, Slots> byTopic = new ConcurrentHashMap<>();

    /** One count for each of the last seconds. */
    private static final class Slots {
        private final long[] counts = new long[SECONDS + 1];
        private long second;

        synchronized void add(long now, long records) {
            forget(now);
            counts[(int) Math.floorMod(now, (long) counts.length)] += records;
        }

        synchronized double perSecond(long now) {
            forget(now);
            long sum = 0;
            for (int i = 1; i <= SECONDS; i++) {
                sum += counts[(int) Math.floorMod(now - i, (long) counts.length)];
            }
            return (double) sum / SECONDS;
        }

        private void forget(long now) {
            for (long each = Math.max(second + 1, now - SECONDS); each <= now; each++) {
                counts[(int) Math.floorMod(each, (long) counts.length)] = 0;
            }
            second = Math.max(second, now);
        }
    }

    public Rates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Counts records of a topic. */
    public void count(String topic, long records) {
        byTopic.computeIfAbsent(topic, each -> new Slots()).add(second(), records);
    }

    /** By topic. */
    public Map<String, Double> perSecond() {
        Map<String, Double> rates = new TreeMap<>();
        byTopic.forEach((topic, slots) -> rates.put(topic, slots.perSecond(second())));
        return rates;
    }

    private long second() {
        return TimeUnit.NANOSECONDS.toSeconds(nanoTime.getAsLong());
    }
}
