package io.callweave.record;

import static io.callweave.value.Meaning.says;

import io.callweave.call.record.SessionRecord;
import io.callweave.call.session.Ranges;
import io.callweave.value.ValueType;

/** A session of a call. */
final class SessionFields {

    static final ValueType<SessionRecord> SESSION = ValueType.<SessionRecord>named(
                    "session", says("One telephony session of the call.").see("records.md#sessions"))
            .text("telephonySessionId", SessionRecord::telephonySessionId, says("Its id."))
            .textOrNull("sessionId", SessionRecord::sessionId, says("Its legacy id."))
            .textOrNull(
                    "origin",
                    SessionRecord::origin,
                    says("`origin.type` as sent, such as Call, RingOut or Conference."))
            .time("startTime", SessionRecord::startTime, says("As for the call, but of this session only."))
            .time("endTime", SessionRecord::endTime, says("As for the call, but of this session only."))
            .integer("firstSequence", SessionRecord::firstSequence, says("The lowest sequence number seen."))
            .integer("lastSequence", SessionRecord::lastSequence, says("The highest sequence number seen."))
            .ranges(
                    "missingSequences",
                    session -> session.missing().ranges(),
                    Ranges.Range::first,
                    Ranges.Range::last,
                    says("Numbers from 2 to `lastSequence` without a usable event, as closed ranges: `[[8, "
                            + "8]]` is one number."))
            .integer("partyEvents", SessionRecord::partyEvents, says("Number of distinct party events."))
            .end();

    private SessionFields() {}
}
