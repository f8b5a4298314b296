package io.callweave.settings;

import java.util.Arrays;
import java.util.Optional;

/** Kafka's own options, which Callweave passes on unchanged. */
enum PassThrough {
    KAFKA("kafka.", "Handed on to every Kafka client."),
    STREAMS("streams.", "Handed on to Kafka Streams.");

    private final String prefix;
    private final String doc;

    PassThrough(String prefix, String doc) {
        this.prefix = prefix;
        this.doc = doc;
    }

    String prefix() {
        return prefix;
    }

    String doc() {
        return doc;
    }

    /** Kafka's name of the option. */
    String option(String name) {
        return name.substring(prefix.length());
    }

    static Optional<PassThrough> of(String name) {
        return Arrays.stream(values())
                .filter(kind -> name.startsWith(kind.prefix) && name.length() > kind.prefix.length())
                .findFirst();
    }
}
