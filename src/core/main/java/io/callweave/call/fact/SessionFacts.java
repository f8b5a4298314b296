package io.callweave.call.fact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The later facts of a session: one for each identity, in their order. Any order of arrival and any duplicates result in
 * the same facts. Of more than {@link #MOST} recordings, messages and sets of insights, the first by kind and id stay: those
 * that a record shows.
 *
 * @param isCapped whether there were more
 */
public record SessionFacts(List<LaterFact> facts, boolean isCapped) {

    /** Recordings, messages and sets of insights of one session, together. Real ones have a few. */
    public static final int MOST = 100;

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
        FactId surplus = surplus(more);
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

    /**
     * Without what is known of a recording or message, which belongs to another session now. If it is capped, those that
     * were left out must be added again.
     */
    public SessionFacts without(FactKind kind, String id) {
        FactId whole = new FactId(kind, id, "");
        List<LaterFact> less =
                facts.stream().filter(fact -> !fact.id().isOfSame(whole)).toList();
        // Insights come first and never leave, so as many as fit leave no room for anything else.
        boolean ofInsights = isCapped
                && things(less) == MOST
                && less.get(less.size() - 1).id().kind() == FactKind.INSIGHTS;
        if (less.size() == facts.size() && ofInsights == isCapped) {
            return this;
        }
        return less.isEmpty() ? NONE : new SessionFacts(less, ofInsights);
    }

    /** The last one, if there is one too many; else null. */
    private static @Nullable FactId surplus(List<LaterFact> sorted) {
        return things(sorted) > MOST ? sorted.get(sorted.size() - 1).id() : null;
    }

    private static int things(List<LaterFact> sorted) {
        int things = 0;
        for (int i = 0; i < sorted.size(); i++) {
            things += i == 0 || !sorted.get(i).id().isOfSame(sorted.get(i - 1).id()) ? 1 : 0;
        }
        return things;
    }

    private int indexOf(FactId id) {
        return Collections.binarySearch(facts.stream().map(LaterFact::id).toList(), id);
    }
}
