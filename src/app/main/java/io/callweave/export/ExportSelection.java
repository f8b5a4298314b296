package io.callweave.export;

import org.jspecify.annotations.Nullable;

/**
 * Which values are exported.
 *
 * @param period of a call or row by its start, of a window by its start, of an event by its time
 * @param account only of this one; null for all
 * @param revisions every revision as it was emitted, with superseded calls; else the last value of each key, without them
 */
public record ExportSelection(ExportPeriod period, @Nullable String account, boolean revisions) {

    boolean hasAccount(String accountId) {
        return account == null || account.equals(accountId);
    }

    boolean takes(ValueHead value) {
        return period.contains(value.time()) && hasAccount(value.accountId());
    }
}
