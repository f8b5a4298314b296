package io.callweave.call.fact;

import java.util.List;

/**
 * A notification that is about a session and no party event: what it is about, and what it says.
 *
 * @param id RingCentral's id of the recording, message or log record
 * @param place how its session is found
 * @param facts at least one
 */
public record FactNotice(String accountId, FactKind kind, String id, FactPlace place, List<LaterFact> facts) {

    public FactNotice {
        facts = List.copyOf(facts);
    }

    /** The fact about the recording or message as a whole: which of two notices counts, where only one may. */
    public LaterFact whole() {
        return facts.get(0);
    }

    /** The same, with facts as they are kept. */
    public FactNotice withoutTexts() {
        return new FactNotice(accountId, kind, id, place, kept());
    }

    /** Facts as they are kept, without the text they were sent in. */
    public List<LaterFact> kept() {
        return facts.stream().map(LaterFact::withoutText).toList();
    }
}
