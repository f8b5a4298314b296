package io.callweave.explain;

import io.callweave.call.CallRules;
import io.callweave.call.Doubt;
import io.callweave.call.PartyRef;
import io.callweave.call.Waits;
import io.callweave.record.Timestamps;
import io.callweave.topology.Replay;
import java.util.List;

/** Why a record went out when it did, in words. The decision and its grounds are the replay's. */
final class WhyThen {

    private final Labels labels;
    private final CallRules rules;
    private final Page page;

    WhyThen(Labels labels, CallRules rules, Page page) {
        this.labels = labels;
        this.rules = rules;
        this.page = page;
    }

    void tell(Emitted each, int indent) {
        Replay.Situation situation = each.emission().situation();
        if (situation == null) {
            page.line(indent, "Why then: the call could not be put together, and its record says so at once.");
            return;
        }
        switch (each.emission().reason()) {
            case OVER -> page.line(indent, "Why then: it was over beyond doubt with " + cause(each) + ". " + over());
            case REVISED ->
                page.line(
                        indent,
                        "Why then: a record of this call was out already, so what changes it goes out at once. It was "
                                + cause(each) + ".");
            case SUPERSEDED ->
                page.line(
                        indent,
                        "Why then: with " + cause(each) + " it turned out that the call is "
                                + labels.session(
                                        each.json().path("supersededBy").asText())
                                + " (" + each.json().path("supersededBy").asText()
                                + "). So the last record under this id goes out once more, to say so.");
            default -> waited(situation, indent);
        }
    }

    private String over() {
        String gaps = rules.gapsCount()
                ? "no sequence is missing"
                : "missing sequences do not count (completion.sequence-gaps=ignore)";
        return "Every party is over, " + gaps + ", every peer and every announced continuation was seen, and no session"
                + " has one party alone. So nothing was waited for.";
    }

    private void waited(Replay.Situation situation, int indent) {
        page.line(indent, "Why then: it was not over beyond doubt, so it was waited for.");
        situation.doubts().forEach(doubt -> page.item(indent + 2, words(doubt)));
        List<String> waits = situation.waits().stream().map(WhyThen::words).toList();
        Waits.Wait longest = situation.longest();
        page.line(
                indent,
                (waits.size() == 1
                                ? "The wait that applied: " + waits.get(0) + ". "
                                : "The waits that applied: " + Words.and(waits) + "; the longest counts, "
                                        + longest.reason().wireName() + ". ")
                        + "It counts from the latest news, received " + Timestamps.iso(situation.lastChange())
                        + ", and was over at " + Timestamps.iso(situation.lastChange() + longest.millis()) + ".");
    }

    private static String words(Waits.Wait wait) {
        return wait.reason().wireName() + " " + Words.duration(wait.millis());
    }

    private String words(Doubt doubt) {
        if (doubt instanceof Doubt.PartyOpen open) {
            return party(open.party()) + " is not over, its last status is " + open.status() + " ("
                    + (open.extensionId() == null ? "an outside party" : "own extension " + open.extensionId()) + ")";
        }
        if (doubt instanceof Doubt.SessionAwaited awaited) {
            return "session " + labels.session(awaited.telephonySessionId()) + " was named as a peer and not seen";
        }
        if (doubt instanceof Doubt.SequencesMissing missing) {
            return "of session " + labels.session(missing.telephonySessionId()) + " "
                    + Words.sequences(missing.sequences()) + " had not come";
        }
        if (doubt instanceof Doubt.PartyAlone alone) {
            return "only " + party(alone.party()) + " of its session was seen, and nobody is on the phone alone";
        }
        Doubt.ContinuationUnseen unseen = (Doubt.ContinuationUnseen) doubt;
        return party(unseen.party()) + " ended with " + unseen.reason() + ", and the continuation that this announces"
                + " was not seen";
    }

    private String party(PartyRef party) {
        return labels.party(party.telephonySessionId(), party.partyId());
    }

    private String cause(Emitted each) {
        return each.cause() == null ? "the time" : labels.event(each.cause());
    }
}
