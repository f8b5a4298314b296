package io.callweave.call.fact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The later facts of a session: one for each identity, in their order. Any order of arrival and any duplicates result in
 * the same facts. Of more than {@link #MOST} recordings, messages and sets of insights, the first by kind and id stay: those
 * that a record shows. Of more log records than {@link #MOST_LOG}, the first by id stay. Of both, no more than have
 * {@link #MOST_CHARACTERS}: all of it is written again whenever the session changes. There the order can matter, if a thing comes again
 * with less text: what was left out for the longer one is gone.
 *
 * @param leftOutLog the first log record that was left out; null if there is none
 * @param leftOut the first recording, message or set of insights that was left out; null if there is none
 */
public record SessionFacts(
        List<LaterFact> facts,
        @Nullable FactId leftOutLog,
        @Nullable FactId leftOut) {

    /** Recordings, messages and sets of insights of one session, together. Real ones have a few. */
    public static final int MOST = 100;

    /** Records of the Call Log that are kept of one session. Real sessions have one, or one for each extension. */
    public static final int MOST_LOG = 50;

    /** Of the log records, and again of all else. The longest real insights have 12,000. */
    public static final int MOST_CHARACTERS = 50_000;

    /** Nearly all sessions have none; this one object stands for all of them. */
    public static final SessionFacts NONE = new SessionFacts(List.of(), null, null);

    /** Whether there were more. */
    public boolean isCapped() {
        return leftOutLog != null || leftOut != null;
    }

    /** With one more fact; the same object if nothing changes. */
    public SessionFacts with(LaterFact fact) {
        boolean ofLog = fact.id().kind() == FactKind.CALL_LOG;
        FactId end = ofLog ? leftOutLog : leftOut;
        if (end != null && fact.id().compareTo(end) >= 0) {
            return this;
        }
        int index = indexOf(fact.id());
        if (index >= 0 && !fact.supersedes(facts.get(index))) {
            return this;
        }
        List<LaterFact> more = new ArrayList<>(facts);
        if (index >= 0) {
            more.set(index, fact);
        } else {
            more.add(-index - 1, fact);
        }
        FactId tooMany = tooMany(ofLog, more);
        if (tooMany == null) {
            return new SessionFacts(Collections.unmodifiableList(more), leftOutLog, leftOut);
        }
        more.removeIf(each ->
                (each.id().kind() == FactKind.CALL_LOG) == ofLog && each.id().compareTo(tooMany) >= 0);
        return new SessionFacts(List.copyOf(more), ofLog ? tooMany : leftOutLog, ofLog ? leftOut : tooMany);
    }

    public SessionFacts with(Collection<LaterFact> added) {
        SessionFacts all = this;
        for (LaterFact fact : added) {
            all = all.with(fact);
        }
        return all;
    }

    /**
     * Without what is known of a recording or message, which belongs to another session now. If some were left out, and are not any more, they
     * must be added again.
     */
    public SessionFacts without(FactKind kind, String id) {
        FactId whole = new FactId(kind, id, "");
        List<LaterFact> less =
                facts.stream().filter(fact -> !fact.id().isOfSame(whole)).toList();
        if (less.size() == facts.size() && !whole.equals(leftOut)) {
            return this;
        }
        // Insights never leave, so one that had no room never gets any, nor does what comes behind it.
        FactId stays = leftOut != null && leftOut.kind() == FactKind.INSIGHTS ? leftOut : null;
        return less.isEmpty() && leftOutLog == null && stays == null ? NONE : new SessionFacts(less, leftOutLog, stays);
    }

    /** The first log record, or the first of all else, that has no room behind those before it; null if there is none. */
    private static @Nullable FactId tooMany(boolean ofLog, List<LaterFact> sorted) {
        FactId thing = null;
        int things = 0;
        int characters = 0;
        for (LaterFact fact : sorted) {
            FactId id = fact.id();
            if ((id.kind() == FactKind.CALL_LOG) != ofLog) {
                continue;
            }
            if (thing == null || !id.isOfSame(thing)) {
                thing = new FactId(id.kind(), id.id(), "");
                things++;
            }
            characters += fact.content().characters();
            if (things > (ofLog ? MOST_LOG : MOST) || characters > MOST_CHARACTERS) {
                return thing;
            }
        }
        return null;
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
