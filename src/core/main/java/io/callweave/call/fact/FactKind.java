package io.callweave.call.fact;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of later facts, in the order of their names: that is the order of a record's artifacts. */
public enum FactKind {
    INSIGHTS("insights", false),
    RECORDING("recording", true),
    VOICEMAIL("voicemail", false);

    private final String wireName;
    private final boolean ours;

    FactKind(String wireName, boolean ours) {
        this.wireName = wireName;
        this.ours = ours;
    }

    /** The names of all kinds. */
    public static String[] names() {
        return Arrays.stream(values()).map(FactKind::wireName).toArray(String[]::new);
    }

    /** The kinds with these names; other names have none. */
    public static Set<FactKind> named(Collection<String> names) {
        return Arrays.stream(values())
                .filter(kind -> names.contains(kind.wireName))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** The name in records, keys and metrics. */
    public String wireName() {
        return wireName;
    }

    /** Whether RingCentral sends no such event: the bridge asks, and writes the answer. */
    public boolean isOurs() {
        return ours;
    }
}
