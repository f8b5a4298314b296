package io.callweave.topology.calls;

import io.callweave.call.CallRules;
import java.util.Map;
import java.util.TreeMap;

/** By what a record was folded: the rules of this version of Callweave, and the settings that change records. */
public final class FoldVersion {

    /** To be raised with every change that makes another record of the same events. */
    private static final int RULES = 6;

    private FoldVersion() {}

    /**
     * The version in force.
     *
     * @param recordBytes the size from which a record leaves its parties out
     */
    static long of(CallRules rules, int recordBytes) {
        int settings = 31 * (31 * Boolean.hashCode(rules.gapsCountByDefault()) + hash(rules.gapsCountByAccount()))
                + recordBytes;
        return ((long) RULES << 32) | (settings & 0xFFFF_FFFFL);
    }

    /** Of a text: the hash code of a map is a sum, which can stay the same when two accounts change places. */
    private static int hash(Map<String, Boolean> byAccount) {
        return byAccount.isEmpty() ? 0 : new TreeMap<>(byAccount).toString().hashCode();
    }
}
