package io.callweave.topology.meter;

import io.callweave.notification.json.JsonShape;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What RingCentral was never seen to send: each status, reason and field is logged once, with an example that shows no names
 * and numbers. Senders choose the words, so only so many of each kind are remembered. Thread-safe.
 */
final class Novelties {

    private static final Logger LOG = LoggerFactory.getLogger(Novelties.class);
    private static final int MOST = 20;
    private static final int LONGEST = 200;

    /** Something that can be new. */
    enum Kind {
        STATUS("status", "it is carried through as sent"),
        REASON("reason", "it is carried through as sent"),
        FIELD("field", "it is ignored");

        private final String word;
        private final String consequence;

        Kind(String word, String consequence) {
            this.word = word;
            this.consequence = consequence;
        }

        String word() {
            return word;
        }
    }

    private final Map<Kind, Set<String>> seen = new EnumMap<>(Kind.class);

    Novelties() {
        for (Kind kind : Kind.values()) {
            seen.put(kind, ConcurrentHashMap.newKeySet());
        }
    }

    /** How many different ones there were, up to a limit. */
    int count(Kind kind) {
        return of(kind).size();
    }

    /**
     * There is one that is not known.
     *
     * @param example asked only if it was not seen before
     */
    void see(Kind kind, String name, Supplier<String> example) {
        Set<String> known = of(kind);
        if (known.size() >= MOST || name.length() > LONGEST || known.contains(name)) {
            return;
        }
        if (known.add(name)) {
            LOG.atWarn()
                    .addKeyValue(kind.word, JsonShape.name(name))
                    .addKeyValue("example", example.get())
                    .log("RingCentral sent a " + kind.word + " that Callweave does not know; " + kind.consequence
                            + ". Please report it. This is logged once.");
        }
    }

    private Set<String> of(Kind kind) {
        return seen.getOrDefault(kind, Set.of());
    }
}
