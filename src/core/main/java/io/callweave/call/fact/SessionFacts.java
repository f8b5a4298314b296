package io.callweave.call.fact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The later facts of a session: one for each identity, in their order. Any order of arrival and any duplicates result in
 * the same facts. Of more than {@link #MOST} recordings, messages and sets of insights, the first by kind and id stay: those
 * that a record shows. Of more log records than {@link #MOST_LOG}, the first by id stay.
 *
 * @param isCapped whether there were more
 */
public record SessionFacts(List<LaterFact> facts, boolean isCapped) {

    /** Recordings, messages and sets of insights of one session, together. Real ones have a few. */
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

    /**
     * Without what is known of a recording or message, which belongs to another session now. If it is capped, those that
     * were left out must be added again.
     */
    public SessionFacts without(FactKind kind, String id) {
        FactId whole = new FactId(kind, id, "");
        List<LaterFact> less =
                facts.stream().filter(fact -> !fact.id().isOfSame(whole)).toList();
        // Of the artifacts, insights come first and never leave, so as many as fit leave no room for anything else. Nor
        // do log
        // records leave.
        boolean isFull = things(true, less).size() == MOST_LOG
                || (things(false, less).size() == MOST
                        && less.get(less.size() - 1).id().kind() == FactKind.INSIGHTS);
        boolean staysCapped = isCapped && isFull;
        if (less.size() == facts.size() && staysCapped == isCapped) {
            return this;
        }
        return less.isEmpty() ? NONE : new SessionFacts(less, staysCapped);
    }

    /** The last artifact or log record, if one more of these is there than stay; else null. */
    private static @Nullable FactId surplus(FactKind kind, List<LaterFact> sorted) {
        boolean ofLog = kind == FactKind.CALL_LOG;
        List<FactId> things = things(ofLog, sorted);
        return things.size() > (ofLog ? MOST_LOG : MOST) ? things.get(things.size() - 1) : null;
    }

    /** One id of each log record, or of each artifact, in order. */
    private static List<FactId> things(boolean ofLog, List<LaterFact> sorted) {
        List<FactId> things = new ArrayList<>();
        for (LaterFact fact : sorted) {
            FactId id = fact.id();
            boolean isCounted = (id.kind() == FactKind.CALL_LOG) == ofLog;
            if (isCounted && (things.isEmpty() || !id.isOfSame(things.get(things.size() - 1)))) {
                things.add(id);
            }
        }
        return things;
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
