package io.callweave.topology.session;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.Status;
import io.callweave.call.session.Session;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * As much of a session as tells, without folding it, whether all of its parties are over: for most events the answer is no,
 * and then there is nothing to decide. Each value is the latest by sequence, as in the fold.
 */
public final class OpenParties {

    private final Map<String, Summary> parties = new HashMap<>();

    /** The latest values of one party, each with the sequence it is of. */
    private static final class Summary {
        private long statusAt = -1;
        private long extensionAt = -1;
        private long accountAt = -1;
        private boolean over;
        private @Nullable String extensionId;
        private @Nullable String accountId;
    }

    static OpenParties of(Session session) {
        OpenParties all = new OpenParties();
        session.events().forEach(all::add);
        return all;
    }

    /** A new event, not another body of a known one. */
    void add(PartyEvent event) {
        PartyFacts facts = event.facts();
        long sequence = event.sequence();
        Summary party = parties.computeIfAbsent(event.partyId(), id -> new Summary());
        if (sequence > party.statusAt) {
            party.statusAt = sequence;
            party.over = Status.isFinal(facts.status());
        }
        if (facts.extensionId() != null && sequence > party.extensionAt) {
            party.extensionAt = sequence;
            party.extensionId = facts.extensionId();
        }
        if (facts.accountId() != null && sequence > party.accountAt) {
            party.accountAt = sequence;
            party.accountId = facts.accountId();
        }
    }

    /** Whether some party is not over. */
    public boolean areSome() {
        for (Summary party : parties.values()) {
            if (!party.over) {
                return true;
            }
        }
        return false;
    }

    /** Whether some party with an extension of this account is not over. */
    public boolean areSomeOf(String account) {
        for (Summary party : parties.values()) {
            if (!party.over
                    && party.extensionId != null
                    && (party.accountId == null || party.accountId.equals(account))) {
                return true;
            }
        }
        return false;
    }
}
