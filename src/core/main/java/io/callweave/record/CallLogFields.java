package io.callweave.record;

import static io.callweave.value.Meaning.says;

import io.callweave.call.fact.FactContent;
import io.callweave.call.record.CallLogEntry;
import io.callweave.value.ValueType;

/** What a record of RingCentral's Call Log says of a call. */
final class CallLogFields {

    private static final ValueType<FactContent.LogEntry> BILLING = ValueType.<FactContent.LogEntry>named(
                    "billing", says("What the call cost, as in a Call Log record."))
            .amountOrNull("costIncluded", FactContent.LogEntry::costIncluded, says("What the plan includes."))
            .amountOrNull("costPurchased", FactContent.LogEntry::costPurchased, says("What was paid beside it."))
            .end();

    static final ValueType<CallLogEntry> ENTRY = ValueType.<CallLogEntry>named(
                    "callLogEntry",
                    says("What a record of RingCentral's Call Log says of the call.")
                            .see("records.md#the-call-log"))
            .titled("Call Log entry")
            .text("id", CallLogEntry::id, says("RingCentral's id of the log record."))
            .text("telephonySessionId", CallLogEntry::telephonySessionId, says("The session that it is about."))
            .text(
                    "direction",
                    entry -> entry.content().direction(),
                    says("As in the log.").oneOf("Inbound", "Outbound"))
            .text(
                    "action",
                    entry -> entry.content().action(),
                    says("As in the log.").known(KnownWords.loggedActions()))
            .text(
                    "result",
                    entry -> entry.content().result(),
                    says("As in the log.").known(KnownWords.loggedResults()))
            .time("startTime", entry -> entry.content().startTime(), says("As in the log."))
            .millis(
                    "durationMs",
                    entry -> entry.content().durationMs(),
                    says("As in the log; where it has only `duration`, that in milliseconds."))
            .objectOrNull(
                    "from", AddressFields.ADDRESS, entry -> entry.content().from(), says("Who called."))
            .objectOrNull("to", AddressFields.ADDRESS, entry -> entry.content().to(), says("Who was called."))
            .textOrNull(
                    "extensionId",
                    entry -> entry.content().extensionId(),
                    says("The extension in whose log the record is."))
            .textOrNull("recordingId", entry -> entry.content().recordingId(), says("Its recording."))
            .objectOrNull(
                    "billing",
                    BILLING,
                    entry -> entry.content().costIncluded() == null
                                    && entry.content().costPurchased() == null
                            ? null
                            : entry.content(),
                    says("What it cost."))
            .timeOrNull("lastModifiedTime", CallLogEntry::modifiedAt, says("When RingCentral last changed it."))
            .end();

    private CallLogFields() {}
}
