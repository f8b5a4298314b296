package io.callweave.call.record;

import io.callweave.call.Call;
import io.callweave.call.calllog.RecordingRef;
import io.callweave.call.event.Status;
import io.callweave.call.fact.FactContent;
import io.callweave.call.fact.FactId;
import io.callweave.call.fact.FactKind;
import io.callweave.call.fact.LaterFact;
import io.callweave.call.fact.SessionFacts;
import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Mention;
import io.callweave.call.session.Party;
import io.callweave.call.session.Session;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Puts together what is known of the recordings, messages and insights of a call, and what the Call Log says of it, out of its
 * events and later facts.
 */
final class Artifacts {

    /** If parties of several sessions name one recording, that of the earliest event comes first. */
    private static final Comparator<Artifact> ORDER = Comparator.comparing(Artifact::kind)
            .thenComparing(Artifact::id)
            .thenComparing(Artifact::createdAt, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Artifact::telephonySessionId);

    /** A member of {@code insights}; those that no record shows are not kept. */
    static final String SUMMARY = "Summary";

    private static final String BULLETED_SUMMARY = "BulletedSummary";
    private static final String CALL_NOTES = "CallNotes";
    private static final String NEXT_STEPS = "NextSteps";
    private static final String SENTIMENT = "Sentiment";
    private static final String SCORE = "AIScore";

    /** Artifacts of each kind of one call, and entries of its log. Real calls have a few. */
    private static final int MOST_OF_CALL = 500;

    /** What these have together: each revision shows them all. */
    private static final int MOST_CHARACTERS = 200_000;

    private final String accountId;

    private final List<Artifact> found = new ArrayList<>();

    private boolean capped;

    private Artifacts(String accountId) {
        this.accountId = accountId;
    }

    /**
     * Those of a call.
     *
     * @param callLog also of sessions that nothing but the log was seen of
     * @param capped whether a session has more than are kept, or the call more than a record shows
     */
    record Of(List<Artifact> artifacts, List<CallLogEntry> callLog, boolean capped) {}

    /** By kind, then id; the log by start, then id. */
    static Of of(Call call) {
        Artifacts artifacts = new Artifacts(call.accountId());
        call.sessions().forEach(artifacts::addAll);
        artifacts.found.sort(ORDER);
        List<Session> sessions = new ArrayList<>(call.logged());
        call.sessions().forEach(session -> sessions.add(session.session()));
        List<Artifact> once = artifacts.once();
        List<Artifact> shown = new ArrayList<>();
        for (FactKind kind : FactKind.values()) {
            shown.addAll(first(
                    once.stream().filter(artifact -> artifact.kind() == kind).toList(), Artifact::characters));
        }
        List<CallLogEntry> log = CallLogEntry.of(sessions);
        List<CallLogEntry> shownLog = first(log, entry -> entry.content().characters());
        boolean capped = artifacts.capped
                || shown.size() < once.size()
                || shownLog.size() < log.size()
                || call.logged().stream().anyMatch(session -> session.facts().isCapped());
        return new Of(shown, shownLog, capped);
    }

    /** As many as a record shows. */
    private static <T> List<T> first(List<T> all, ToIntFunction<T> charactersOf) {
        int characters = 0;
        for (int i = 0; i < all.size(); i++) {
            characters += charactersOf.applyAsInt(all.get(i));
            if (i == MOST_OF_CALL || characters > MOST_CHARACTERS) {
                return List.copyOf(all.subList(0, i));
            }
        }
        return all;
    }

    private void addAll(FoldedSession session) {
        Map<FactId, Map<String, LaterFact>> things = new TreeMap<>();
        List<Mention> mentions = Mention.of(session.session());
        for (Mention mention : mentions) {
            if (mention.kind() == FactKind.RECORDING) {
                things.put(new FactId(FactKind.RECORDING, mention.id(), ""), Map.of());
            }
        }
        for (LaterFact fact : session.session().facts().facts()) {
            if (fact.id().kind() == FactKind.CALL_LOG) {
                continue;
            }
            Map<String, LaterFact> parts = things.merge(
                    new FactId(fact.id().kind(), fact.id().id(), ""),
                    new HashMap<>(),
                    (known, none) -> known.isEmpty() ? none : known);
            parts.put(fact.id().part(), fact);
        }
        capped |= session.session().facts().isCapped() || things.size() > SessionFacts.MOST;
        things.entrySet().stream()
                .limit(SessionFacts.MOST)
                .map(thing -> artifact(session, mentions, thing.getKey(), thing.getValue()))
                .forEach(found::add);
    }

    private Artifact artifact(
            FoldedSession session, List<Mention> mentions, FactId thing, Map<String, LaterFact> parts) {
        FactKind kind = thing.kind();
        // Insights are about the recording of the same id.
        FactKind named = kind == FactKind.INSIGHTS ? FactKind.RECORDING : kind;
        Mention mention = mentions.stream()
                .filter(each -> each.is(named, thing.id()))
                .findFirst()
                .orElse(null);
        FactContent.Description description = description(parts.get(""));
        Party party = party(session, mention, kind, description);
        String own = party == null ? null : party.extensionId();
        Long started = kind == FactKind.RECORDING && mention != null ? mention.time() : null;
        return new Artifact(
                kind,
                thing.id(),
                session.id(),
                party == null ? null : party.id(),
                description != null && description.extensionId() != null ? description.extensionId() : own,
                contentUri(thing, description),
                description == null ? null : description.contentType(),
                description == null ? null : description.durationMs(),
                description == null || description.createdAt() == null ? started : description.createdAt(),
                description == null ? null : description.readyAt(),
                kind == FactKind.INSIGHTS ? insights(thing.id(), parts) : Artifact.Insights.NONE);
    }

    private static FactContent.@Nullable Description description(@Nullable LaterFact fact) {
        return fact != null && fact.content() instanceof FactContent.Description description ? description : null;
    }

    /** Where a recording will be is known before it is there. */
    private @Nullable String contentUri(FactId thing, FactContent.@Nullable Description description) {
        if (description != null && description.contentUri() != null) {
            return description.contentUri();
        }
        return thing.kind() == FactKind.RECORDING ? new RecordingRef(accountId, thing.id()).contentUri() : null;
    }

    private static @Nullable Party party(
            FoldedSession session,
            @Nullable Mention mention,
            FactKind kind,
            FactContent.@Nullable Description description) {
        for (Party party : session.parties()) {
            if (mention != null && mention.partyId() != null) {
                if (party.id().equals(mention.partyId())) {
                    return party;
                }
            } else if (kind == FactKind.VOICEMAIL
                    && description != null
                    && party.extensionId() != null
                    && party.extensionId().equals(description.extensionId())
                    && party.timeline().wasIn(Status.VOICEMAIL)) {
                return party;
            }
        }
        return null;
    }

    private static Artifact.Insights insights(String recordingId, Map<String, LaterFact> parts) {
        String summary = text(parts.get(SUMMARY));
        return new Artifact.Insights(
                recordingId,
                summary != null ? summary : text(parts.get(BULLETED_SUMMARY)),
                text(parts.get(CALL_NOTES)),
                texts(parts.get(NEXT_STEPS)),
                first(parts.get(SENTIMENT)),
                first(parts.get(SCORE)));
    }

    private static List<String> texts(@Nullable LaterFact fact) {
        return fact != null && fact.content() instanceof FactContent.Texts texts ? texts.texts() : List.of();
    }

    private static @Nullable String text(@Nullable LaterFact fact) {
        List<String> texts = texts(fact);
        return texts.isEmpty() ? null : String.join("\n", texts);
    }

    private static @Nullable String first(@Nullable LaterFact fact) {
        List<String> texts = texts(fact);
        return texts.isEmpty() ? null : texts.get(0);
    }

    private List<Artifact> once() {
        Set<String> recordings = new HashSet<>();
        List<Artifact> once = new ArrayList<>(found.size());
        for (Artifact artifact : found) {
            if (artifact.kind() != FactKind.RECORDING || recordings.add(artifact.id())) {
                once.add(artifact);
            }
        }
        return once;
    }
}
