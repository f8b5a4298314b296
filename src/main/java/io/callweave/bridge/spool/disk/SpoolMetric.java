package io.callweave.bridge.spool.disk;

import io.callweave.meter.Meter;

/** What the spool tells of itself: every metric with its name and its meaning. */
public enum SpoolMetric implements Meter.Described {
    DEPTH(Meter.gauge("callweave.bridge.spool.depth", "Records on disk that Kafka has not taken yet.")),
    BYTES(Meter.gauge("callweave.bridge.spool.bytes", "Bytes of these records.")),
    CAPACITY(Meter.gauge("callweave.bridge.spool.capacity.bytes", "Maximum bytes (bridge.spool.max-bytes).")),
    AGE(Meter.gauge("callweave.bridge.spool.age.seconds", "Age of the oldest of these records; 0 if there is none.")),
    FULL(Meter.gauge("callweave.bridge.spool.full", "1 while there is no room, so that RingCentral gets 503, else 0.")),
    KAFKA(Meter.gauge(
            "callweave.bridge.kafka.answers", "1 while records go straight to Kafka; 0 while they go to disk.")),
    PENDING(Meter.gauge("callweave.bridge.pending", "Records that are not yet safe, and so not answered.")),
    SPOOLED(Meter.counter("callweave.bridge.spool.spooled", "Records written to disk.")),
    DRAINED(Meter.counter("callweave.bridge.spool.drained", "Records from disk that Kafka has acknowledged.")),
    RESENT(Meter.counter(
            "callweave.bridge.spool.resent",
            "Records sent again, because an acknowledgement was lost. Some are duplicates.")),
    REFUSED(Meter.counter("callweave.bridge.spool.refused", "Records for which there was no room.")),
    TORN(Meter.counter(
            "callweave.bridge.spool.torn", "Incomplete ends that were cut at the start; they were never answered.")),
    CORRUPT(Meter.counter(
            "callweave.bridge.spool.corrupt",
            "Places on disk that could not be read; copies are in the folder quarantine.")),
    UNDELIVERABLE(Meter.counter(
            "callweave.bridge.spool.undeliverable", "Records that Kafka refuses; they are in undeliverable.ndjson."));

    private final Meter meter;

    SpoolMetric(Meter meter) {
        this.meter = meter;
    }

    @Override
    public Meter meter() {
        return meter;
    }
}
