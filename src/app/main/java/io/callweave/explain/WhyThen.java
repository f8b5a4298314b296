package io.callweave.explain;

import io.callweave.call.CallRules;
import io.callweave.call.completion.CompletionBlocker;
import io.callweave.call.completion.CompletionTimeouts;
import io.callweave.call.event.PartyRef;
import io.callweave.explain.replay.StageReplay;
import io.callweave.value.Timestamps;
import java.util.List;

/** Says in words why a record was emitted at its time. The decision and its reasons come from the replay. */
final class WhyThen {

    private final Labels labels;
    private final CallRules rules;
    private final Page page;
    private final long now;

    WhyThen(Labels labels, CallRules rules, Page page, long now) {
        this.now = now;
        this.labels = labels;
        this.rules = rules;
        this.page = page;
    }

    void tell(Emitted each, Emitted.Content content, int indent) {
        StageReplay.Situation situation = each.emission().situation();
        if (content.call().isBackfilled()) {
            page.line(
                    indent,
                    "Why then: only RingCentral's Call Log told of the call, and no notification came within"
                            + " backfill.wait.");
            return;
        }
        if (situation == null) {
            page.line(indent, "Why then: the call could not be assembled, and its record says so at once.");
            return;
        }
        switch (each.emission().reason()) {
            case OVER ->
                page.line(
                        indent,
                        "Why then: it was certainly over with " + cause(each) + ". "
                                + over(each.emission().accountId()));
            case REVISED ->
                page.line(
                        indent,
                        "Why then: a record of this call was emitted before, so a change is emitted at once. It was "
                                + cause(each) + ".");
            case SUPERSEDED ->
                page.line(
                        indent,
                        "Why then: with " + cause(each) + " it turned out that the call is "
                                + labels.session(
                                        content.json().path("supersededBy").asText())
                                + " ("
                                + labels.text(
                                        "supersededBy",
                                        content.json().path("supersededBy").asText())
                                + "). So the last record under this id is emitted once more.");
            default -> waited(situation, indent, each.isAhead(now));
        }
    }

    private String over(String account) {
        String gaps = rules.gapsCount(account)
                ? "no sequence is missing"
                : "missing sequences do not count (" + Words.gapsIgnoredBy(rules, account) + ")";
        return "Every party is over, " + gaps + ", every peer and every announced continuation was seen, and no session"
                + " has one party alone. So nothing was waited for.";
    }

    private void waited(StageReplay.Situation situation, int indent, boolean ahead) {
        page.line(
                indent,
                ahead
                        ? "Why then: it is not certainly over, so Callweave waits."
                        : "Why then: it was not certainly over, so Callweave waited.");
        situation.doubts().forEach(doubt -> page.item(indent + 2, words(doubt)));
        List<String> waits = situation.waits().stream().map(WhyThen::words).toList();
        CompletionTimeouts.Wait longest = situation.longest();
        page.line(
                indent,
                (waits.size() == 1
                                ? (ahead ? "The wait that applies: " : "The wait that applied: ") + waits.get(0) + ". "
                                : (ahead ? "The waits that apply: " : "The waits that applied: ") + Words.and(waits)
                                        + "; the longest counts, "
                                        + longest.reason().wireName() + ". ")
                        + "It counts from the latest change, received " + Timestamps.iso(situation.lastChange())
                        + (ahead ? ", and would be over at " : ", and was over at ")
                        + Timestamps.iso(situation.lastChange() + longest.millis()) + ".");
    }

    private static String words(CompletionTimeouts.Wait wait) {
        return wait.reason().wireName() + " " + Words.duration(wait.millis());
    }

    private String words(CompletionBlocker doubt) {
        if (doubt instanceof CompletionBlocker.PartyOpen open) {
            return party(open.party()) + " is not over, its last status is " + labels.text("status", open.status())
                    + " ("
                    + (open.extensionId() == null
                            ? "an outside party"
                            : "own extension " + labels.text("extensionId", open.extensionId()))
                    + ")";
        }
        if (doubt instanceof CompletionBlocker.SessionAwaited awaited) {
            return "session " + labels.session(awaited.telephonySessionId()) + " was named as a peer and not seen";
        }
        if (doubt instanceof CompletionBlocker.SequencesMissing missing) {
            return "of session " + labels.session(missing.telephonySessionId()) + " "
                    + Words.sequences(missing.sequences()) + " had not arrived";
        }
        if (doubt instanceof CompletionBlocker.PartyAlone alone) {
            return "only " + party(alone.party()) + " of its session was seen, and nobody is on the phone alone";
        }
        CompletionBlocker.ContinuationUnseen unseen = (CompletionBlocker.ContinuationUnseen) doubt;
        return party(unseen.party()) + " ended with " + labels.text("reason", unseen.reason())
                + ", and the continuation that this announces" + " was not seen";
    }

    private String party(PartyRef party) {
        return labels.party(party.telephonySessionId(), party.partyId());
    }

    private String cause(Emitted each) {
        return each.cause() == null ? "the time" : labels.event(each.cause());
    }
}
