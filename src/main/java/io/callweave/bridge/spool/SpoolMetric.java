package io.callweave.bridge.spool;

/** What the spool tells of itself: every metric with its name and its meaning. */
public enum SpoolMetric {
    DEPTH("callweave.bridge.spool.depth", Type.GAUGE, "Records on disk that Kafka has not taken yet."),
    BYTES("callweave.bridge.spool.bytes", Type.GAUGE, "Bytes of those."),
    CAPACITY("callweave.bridge.spool.capacity.bytes", Type.GAUGE, "Bytes that they may take (bridge.spool.max-bytes)."),
    AGE(
            "callweave.bridge.spool.age.seconds",
            Type.GAUGE,
            "How long ago the oldest of them was taken; 0 if there is none."),
    FULL(
            "callweave.bridge.spool.full",
            Type.GAUGE,
            "1 while there is no room for another record, so that RingCentral gets 503: the alarm; else 0."),
    KAFKA(
            "callweave.bridge.kafka.answers",
            Type.GAUGE,
            "1 while records go straight to Kafka; 0 while they go to disk."),
    PENDING(
            "callweave.bridge.pending",
            Type.GAUGE,
            "Records that are neither in Kafka nor on disk yet, and not answered."),
    SPOOLED("callweave.bridge.spool.spooled", Type.COUNTER, "Records that went to disk."),
    DRAINED("callweave.bridge.spool.drained", Type.COUNTER, "Records from disk that Kafka has acknowledged."),
    RESENT(
            "callweave.bridge.spool.resent",
            Type.COUNTER,
            "Records sent again because it was not known whether Kafka had taken them: at most so many duplicates."),
    REFUSED("callweave.bridge.spool.refused", Type.COUNTER, "Records for which there was no room."),
    TORN(
            "callweave.bridge.spool.torn",
            Type.COUNTER,
            "Torn tails that were cut at the start; they were never answered."),
    CORRUPT(
            "callweave.bridge.spool.corrupt",
            Type.COUNTER,
            "Places on disk that could not be read; the files are in the folder quarantine."),
    UNDELIVERABLE(
            "callweave.bridge.spool.undeliverable",
            Type.COUNTER,
            "Records that Kafka refuses for what they are; they are in undeliverable.ndjson.");

    /** What kind of number it is. */
    public enum Type {
        COUNTER,
        GAUGE
    }

    private final String meterName;
    private final Type type;
    private final String meaning;

    SpoolMetric(String meterName, Type type, String meaning) {
        this.meterName = meterName;
        this.type = type;
        this.meaning = meaning;
    }

    public String meterName() {
        return meterName;
    }

    public Type type() {
        return type;
    }

    public String meaning() {
        return meaning;
    }
}
