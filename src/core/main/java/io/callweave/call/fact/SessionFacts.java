package io.callweave.call.fact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The later facts of a session: one for each identity, in their order. Any order of arrival and any duplicates result in
 * the same facts. Of more sets of insights than {@link #MOST}, and of more log records than {@link #MOST_LOG}, the first by
 * id stay. Recordings and messages can move to another session, so which of them a record shows is decided when it is made.
 *
 * @param isCapped whether there were more
 */
public record SessionFacts(List<LaterFact> facts, boolean isCapped) {

    /** Recordings, messages and sets of insights that a record shows of one session. Real sessions have a few. */
    public static final int MOST = 100;

    /** Records of the Call Log that are kept of one session. Real sessions have one, or one for each extension. */
    public static final int MOST_LOG = 50;

    /** Nearly all sessions have none; this one object stands for all of them. */
    public static final SessionFacts NONE = new SessionFacts(List.of(), false);

    /** With one more fact; the same object if nothing changes. */
    public SessionFacts with(LaterFact fact) {
        int index = indexOf(fact.id());
        if (index >= 0 && !fact.supersedes(facts.get(index))) {
            return this;
        }
        List<LaterFact> more = new ArrayList<>(facts);
        if (index >= 0) {
            more.set(index, fact);
            return new SessionFacts(Collections.unmodifiableList(more), isCapped);
        }
        more.add(-index - 1, fact);
        FactId surplus = surplus(fact.id().kind(), more);
        if (surplus == null) {
            return new SessionFacts(Collections.unmodifiableList(more), isCapped);
        }
        if (isCapped && surplus.isOfSame(fact.id())) {
            return this;
        }
        more.removeIf(each -> each.id().isOfSame(surplus));
        return new SessionFacts(List.copyOf(more), true);
    }

    public SessionFacts with(Collection<LaterFact> added) {
        SessionFacts all = this;
        for (LaterFact fact : added) {
            all = all.with(fact);
        }
        return all;
    }

    /** Without what is known of a recording or message. */
    public SessionFacts without(FactKind kind, String id) {
        FactId whole = new FactId(kind, id, "");
        List<LaterFact> less =
                facts.stream().filter(fact -> !fact.id().isOfSame(whole)).toList();
        if (less.size() == facts.size()) {
            return this;
        }
        return less.isEmpty() && !isCapped ? NONE : new SessionFacts(less, isCapped);
    }

    /** The last one of a kind, if one is too many; else null. */
    private static @Nullable FactId surplus(FactKind kind, List<LaterFact> sorted) {
        int most =
                switch (kind) {
                    case CALL_LOG -> MOST_LOG;
                    case INSIGHTS -> MOST;
                    case RECORDING, VOICEMAIL -> Integer.MAX_VALUE;
                };
        FactId last = null;
        int different = 0;
        for (LaterFact fact : sorted) {
            FactId id = fact.id();
            if (id.kind() == kind) {
                different += last == null || !id.isOfSame(last) ? 1 : 0;
                last = id;
            }
        }
        return different > most ? last : null;
    }

    /** Whether RingCentral's Call Log tells of the session. */
    public boolean areLogged() {
        // They are in order of their kinds.
        return !facts.isEmpty() && facts.get(0).id().kind() == FactKind.CALL_LOG;
    }

    private int indexOf(FactId id) {
        return Collections.binarySearch(facts.stream().map(LaterFact::id).toList(), id);
    }
}
