package io.callweave.topology.calls;

import io.callweave.call.CallRules;

/** By what a record was folded: the rules of this version of Callweave, and the settings that change records. */
public final class FoldVersion {

    /** To be raised with every change that makes another record of the same events. */
    private static final int RULES = 2;

    private FoldVersion() {}

    /**
     * The version in force.
     *
     * @param recordBytes the size from which a record leaves its parties out
     */
    static long of(CallRules rules, int recordBytes) {
        // Hash codes of texts and numbers are the same in every JVM; those of maps go by them.
        int settings = 31
                        * (31 * Boolean.hashCode(rules.gapsCountByDefault())
                                + rules.gapsCountByAccount().hashCode())
                + recordBytes;
        return ((long) RULES << 32) | (settings & 0xFFFF_FFFFL);
    }
}
