package io.callweave.call.fact;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;

/** The kinds of later facts, in the order of their names: that is the order of a record's artifacts. */
public enum FactKind {
    /** A record of RingCentral's Call Log; all others are artifacts. */
    CALL_LOG("callLog", true),
    INSIGHTS("insights", false),
    RECORDING("recording", true),
    VOICEMAIL("voicemail", false);

    private final String wireName;
    private final boolean ours;

    FactKind(String wireName, boolean ours) {
        this.wireName = wireName;
        this.ours = ours;
    }

    /** The names of the kinds of artifacts. */
    public static String[] artifacts() {
        return Arrays.stream(values())
                .filter(FactKind::isArtifact)
                .map(FactKind::wireName)
                .toArray(String[]::new);
    }

    /** The kinds of artifacts with these names; other names have none. */
    public static Set<FactKind> artifacts(Collection<String> names) {
        return Arrays.stream(values())
                .filter(kind -> kind.isArtifact() && names.contains(kind.wireName))
                .collect(Collectors.toUnmodifiableSet());
    }

    private boolean isArtifact() {
        return this != CALL_LOG;
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
