package io.callweave.export;

import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which values are exported.
 *
 * @param period of a call or row by its start, of a window by its start, of an event by its time
 * @param account only of this one; null for all
 * @param revisions every revision as it was emitted, with superseded calls; else the last value of each key, without them
 * @param keys only these calls, by {@code accountId/callId}, superseded ones, too; null for all
 */
public record ExportSelection(
        ExportPeriod period,
        @Nullable String account,
        boolean revisions,
        @Nullable Set<String> keys) {

    public ExportSelection(ExportPeriod period, @Nullable String account, boolean revisions) {
        this(period, account, revisions, null);
    }

    /** Whether a value is wanted that is the newest of its key. */
    boolean takesNewest(ValueHead value, byte[] key) {
        return takes(value)
                && (keys == null ? !value.superseded() : keys.contains(new String(key, StandardCharsets.UTF_8)));
    }

    boolean hasAccount(String accountId) {
        return account == null || account.equals(accountId);
    }

    boolean takes(ValueHead value) {
        return period.contains(value.time()) && hasAccount(value.accountId());
    }
}
