package io.callweave.bench.figures;

import java.util.List;
import java.util.stream.Stream;

/** What a thread of a benchmark is for, by its name, of which the kernel keeps the first 15 characters. */
public enum ThreadKind {
    STREAMS("streams", List.of("bench-")),
    SENDERS("producers", List.of("kafka-producer-")),
    BROKER(
            "broker",
            List.of(
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
    ROCKS_DB("rocksDb", List.of("rocksdb:")),
    GC("gc", List.of("GC Thread", "G1 ", "VM Thread")),
    JIT("jit", List.of("C1 Compiler", "C2 Compiler")),

    /** Also threads that have come and gone, and what cannot be told apart. */
    OTHER("other", List.of());

    private final String word;
    private final List<String> beginnings;

    ThreadKind(String word, List<String> beginnings) {
        this.word = word;
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
        return word;
    }
}
