package io.callweave.console.api;

import java.time.ZoneId;
import java.util.Map;

/**
 * Where the days of accounts begin.
 *
 * @param usual of accounts that have no other
 * @param own by account
 */
public record AccountZones(ZoneId usual, Map<String, ZoneId> own) {

    /** Copies the zones. */
    public AccountZones {
        own = Map.copyOf(own);
    }

    ZoneId of(String account) {
        return own.getOrDefault(account, usual);
    }
}
