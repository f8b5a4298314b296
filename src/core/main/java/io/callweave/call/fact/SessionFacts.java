package io.callweave.call.fact;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The later facts of a session: one for each identity, in their order. Any order of arrival and any duplicates result in
 * the same facts. Of more log records than {@link #MOST_LOG}, of more sets of insights than {@link #MOST}, and of more recordings and
 * messages than that, the first by kind and id stay. Of log records and of insights, no more stay than have {@link #MOST_CHARACTERS}:
 * all of it is written again whenever the session changes. There the order can matter, if one comes again with less text: what was
 * left out for the longer one is gone.
 *
 * @param leftOutLog the first log record that was left out; null if there is none
 * @param leftOutInsights the same of sets of insights
 * @param leftOut the same of recordings and messages
 */
public record SessionFacts(
        List<LaterFact> facts,
        @Nullable FactId leftOutLog,
        @Nullable FactId leftOutInsights,
        @Nullable FactId leftOut) {

    /** Recordings, messages and sets of insights of one session that a record shows. Real ones have a few. */
    public static final int MOST = 100;

    /** Records of the Call Log that are kept of one session. Real sessions have one, or one for each extension. */
    public static final int MOST_LOG = 50;

    /** Of the log records, and again of the insights. The longest real insights have 12,000. */
    public static final int MOST_CHARACTERS = 50_000;

    /** Nearly all sessions have none; this one object stands for all of them. */
    public static final SessionFacts NONE = new SessionFacts(List.of(), null, null, null);

    /** Whether there were more. */
    public boolean isCapped() {
        return leftOutLog != null || leftOutInsights != null || leftOut != null;
    }

    /** With one more fact; the same object if nothing changes. */
    public SessionFacts with(LaterFact fact) {
        FactKind kind = fact.id().kind();
        FactId end = leftOut(kind);
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
        FactId tooMany = tooMany(kind, more);
        if (tooMany == null) {
            return new SessionFacts(Collections.unmodifiableList(more), leftOutLog, leftOutInsights, leftOut);
        }
        more.removeIf(each -> isCountedWith(kind, each.id().kind()) && each.id().compareTo(tooMany) >= 0);
        return leavingOut(kind, List.copyOf(more), tooMany);
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
        return less.isEmpty() && leftOutLog == null && leftOutInsights == null
                ? NONE
                : new SessionFacts(less, leftOutLog, leftOutInsights, null);
    }

    private @Nullable FactId leftOut(FactKind kind) {
        return switch (kind) {
            case CALL_LOG -> leftOutLog;
            case INSIGHTS -> leftOutInsights;
            case RECORDING, VOICEMAIL -> leftOut;
        };
    }

    private SessionFacts leavingOut(FactKind kind, List<LaterFact> rest, FactId first) {
        return switch (kind) {
            case CALL_LOG -> new SessionFacts(rest, first, leftOutInsights, leftOut);
            case INSIGHTS -> new SessionFacts(rest, leftOutLog, first, leftOut);
            case RECORDING, VOICEMAIL -> new SessionFacts(rest, leftOutLog, leftOutInsights, first);
        };
    }

    private static boolean isCountedWith(FactKind one, FactKind other) {
        return one == other || !(isOfText(one) || isOfText(other));
    }

    /** Whether it can have long texts. */
    private static boolean isOfText(FactKind kind) {
        return kind == FactKind.CALL_LOG || kind == FactKind.INSIGHTS;
    }

    /** The first one that has no room behind those before it; null if there is none. */
    private static @Nullable FactId tooMany(FactKind kind, List<LaterFact> sorted) {
        FactId thing = null;
        int things = 0;
        int characters = 0;
        for (LaterFact fact : sorted) {
            FactId id = fact.id();
            if (!isCountedWith(kind, id.kind())) {
                continue;
            }
            if (thing == null || !id.isOfSame(thing)) {
                thing = new FactId(id.kind(), id.id(), "");
                things++;
            }
            characters += fact.content().characters();
            if (things > (kind == FactKind.CALL_LOG ? MOST_LOG : MOST)
                    || (isOfText(kind) && characters > MOST_CHARACTERS)) {
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
