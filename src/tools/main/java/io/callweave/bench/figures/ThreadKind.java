package io.callweave.bench.figures;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a thread of a benchmark is for, by its name, of which the kernel keeps the first 15 characters. */
public enum ThreadKind {
    STREAMS(List.of("bench-")),
    PRODUCERS(List.of("kafka-producer-")),
    BROKER(List.of(
            "data-plane-",
            "group-coord",
            "AddPartitionsTo",
            "TxnMarkerSender",
            "transaction-",
            "ExpirationReap",
            "kafka-scheduler",
            "kafka-log-",
            "kafka-1-",
            "broker-1-",
            "quorum-",
            "raft-")),
    ROCKSDB(List.of("rocksdb:")),
    GC(List.of("GC Thread", "G1 ", "VM Thread")),
    JIT(List.of("C1 Compiler", "C2 Compiler")),

    /** Also threads that have come and gone, and what cannot be told apart. */
    OTHER(List.of());

    private final List<String> beginnings;

    ThreadKind(List<String> beginnings) {
        this.beginnings = beginnings;
    }

    static ThreadKind of(String name) {
        return Stream.of(values())
                .filter(kind -> kind.beginnings.stream().anyMatch(name::startsWith))
                .findFirst()
                .orElse(OTHER);
    }

    /** Its name in reports. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
