package io.callweave.bridge.spool.disk;

import io.callweave.meter.Meter;

/** What the spool tells of itself: every metric with its name and its meaning. */
public enum SpoolMetric implements Meter.Described {
    DEPTH(Meter.gauge("callweave.bridge.spool.depth", "Records on disk.")),
    BYTES(Meter.gauge("callweave.bridge.spool.bytes", "Their bytes.")),
    CAPACITY(Meter.gauge("callweave.bridge.spool.capacity.bytes", "Maximum bytes.")),
    AGE(Meter.gauge("callweave.bridge.spool.age.seconds", "Age of the oldest record.")),
    FULL(Meter.gauge("callweave.bridge.spool.full", "1 while there is no room.")),
    KAFKA(Meter.gauge("callweave.bridge.kafka.answers", "0 while records go to disk.")),
    PENDING(Meter.gauge("callweave.bridge.pending", "Records that are not yet safe.")),
    SPOOLED(Meter.counter("callweave.bridge.spool.spooled", "Records written to disk.")),
    DRAINED(Meter.counter("callweave.bridge.spool.drained", "Records from disk that Kafka has.")),
    RESENT(Meter.counter("callweave.bridge.spool.resent", "Records sent again, because an acknowledgement was lost.")),
    REFUSED(Meter.counter("callweave.bridge.spool.refused", "Records for which there was no room.")),
    TORN(Meter.counter("callweave.bridge.spool.torn", "Incomplete ends that were cut at the start.")),
    CORRUPT(Meter.counter("callweave.bridge.spool.corrupt", "Places on disk that could not be read.")),
    UNDELIVERABLE(Meter.counter("callweave.bridge.spool.undeliverable", "Records that Kafka refuses."));

    private final Meter meter;

    SpoolMetric(Meter meter) {
        this.meter = meter;
    }

    @Override
    public Meter meter() {
        return meter;
    }
}
