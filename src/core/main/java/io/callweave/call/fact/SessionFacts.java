package io.callweave.call.fact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;

/**
 * The later facts of a session: one for each identity, in their order. Any order of arrival and any duplicates result in
 * the same facts. Of more recordings and messages than {@link #MOST}, the first by kind and id stay.
 *
 * @param isCapped whether there were more
 */
public record SessionFacts(List<LaterFact> facts, boolean isCapped) {

    /** Recordings, messages and sets of insights of one session. Real sessions have a few. */
    public static final int MOST = 100;

    /** Nearly all sessions have none; this one object stands for all of them. */
    public static final SessionFacts NONE = new SessionFacts(List.of(), false);

    public boolean isEmpty() {
        return facts.isEmpty();
    }

    /** Whether the fact is new, or counts instead of the one with the same identity. */
    public boolean isChangedBy(LaterFact fact) {
        int index = indexOf(fact.id());
        return index < 0 || fact.supersedes(facts.get(index));
    }

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
        int end = endOfFirst(more);
        boolean tooMany = end < more.size();
        if (tooMany && isCapped && end == -index - 1) {
            return this;
        }
        return new SessionFacts(List.copyOf(more.subList(0, end)), isCapped || tooMany);
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

    /** Where the facts end that are about one of the first {@link #MOST} recordings and messages. */
    private static int endOfFirst(List<LaterFact> sorted) {
        int things = 0;
        for (int i = 0; i < sorted.size(); i++) {
            if (i == 0 || !sorted.get(i).id().isOfSame(sorted.get(i - 1).id())) {
                things++;
                if (things > MOST) {
                    return i;
                }
            }
        }
        return sorted.size();
    }

    private int indexOf(FactId id) {
        int low = 0;
        int high = facts.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = facts.get(middle).id().compareTo(id);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return -low - 1;
    }
}
