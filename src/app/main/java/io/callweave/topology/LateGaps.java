package io.callweave.topology;

import io.callweave.call.event.SessionKey;
import io.callweave.topology.feedgap.KnownGaps;
import io.callweave.topology.session.EmittedSessions;
import io.callweave.topology.session.SessionStore;
import io.callweave.topology.time.StepLimits;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * Gaps that become known after calls were emitted: finds these calls, so that their records can say it. After a start it
 * looks for all gaps once more, because some may have come in the meantime.
 */
final class LateGaps {

    /** Sessions that are read at once; few of them are of calls that are emitted again. */
    private static final int PORTION = 100;

    private final KnownGaps gaps;
    private final SessionStore sessions;
    private final long lateWindow;

    /** By account, how far back to look. */
    private final Map<String, Long> accounts = new HashMap<>();

    private final Deque<SessionKey> found = new ArrayDeque<>();
    private long known;
    private @Nullable String account;
    private long since;
    private @Nullable Bytes next;

    /** @param lateWindow for how long a call can change, in milliseconds */
    LateGaps(KnownGaps gaps, SessionStore sessions, long lateWindow) {
        this.gaps = gaps;
        this.sessions = sessions;
        this.lateWindow = lateWindow;
    }

    /**
     * Goes on as far as the budget goes.
     *
     * @param now by the clock of the stage
     * @param look is given sessions of calls that a gap may overlap
     * @return whether there is more
     */
    boolean work(long now, StepLimits.Budget budget, Consumer<SessionKey> look) {
        for (KnownGaps.Arrival gap : gaps.after(known)) {
            known = gap.number();
            if (gap.to() >= now - lateWindow) {
                accounts.merge(gap.accountId(), gap.from() - KnownGaps.SUPERVISION_MS, Math::min);
            }
        }
        while (hasMore() && !budget.isSpent()) {
            if (found.isEmpty()) {
                read();
            } else {
                look.accept(found.remove());
            }
            budget.spend();
        }
        return hasMore();
    }

    private boolean hasMore() {
        return !found.isEmpty() || account != null || !accounts.isEmpty();
    }

    private void read() {
        if (account == null) {
            account = accounts.keySet().iterator().next();
            since = accounts.getOrDefault(account, Long.MIN_VALUE);
            accounts.remove(account);
        }
        EmittedSessions portion = sessions.emitted(account, since, next, PORTION);
        found.addAll(portion.emitted());
        next = portion.next();
        account = next == null ? null : account;
    }
}
