package io.callweave.console.feed;

import io.callweave.console.store.CallStore;
import io.callweave.console.store.LiveBoard;

/**
 * All that the feed fills and the API shows.
 *
 * @param calls finished ones, windows, and where notifications are
 */
public record Kept(
        CallStore calls,
        LiveBoard live,
        KnownNames names,
        NewestLetters deadLetters,
        NewestAudits audits,
        Changes changes,
        Rates rates) {}
