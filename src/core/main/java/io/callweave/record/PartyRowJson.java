package io.callweave.record;

import static io.callweave.value.Meaning.says;

import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.directory.DirectoryEntry;
import io.callweave.value.ValueType;
import org.jspecify.annotations.Nullable;

/** One party of a finished call as a flat row, for tables: its own values and those of its call. */
public final class PartyRowJson {

    /** What the row of a party is made of. */
    record PartyRow(EmittedCall call, PartyRecord party, RowFacts facts) {}

    static final ValueType<RowFacts> FACTS = ValueType.<RowFacts>named(
                    "row facts", says("What the row of a party says besides what stands in the call record."))
            .textOrNull(
                    "phoneNumber",
                    RowFacts::phoneNumber,
                    says("Of the party's own address: `from` if it is Outbound, `to` if it is Inbound."))
            .textOrNull(
                    "name",
                    RowFacts::name,
                    says("Of the party's own address: `from` if it is Outbound, `to` if it is Inbound."))
            .flag("transferred", RowFacts::transferred, says("It transferred the call, blind or attended."))
            .textOrNull(
                    "extensionName",
                    RowFacts::extensionName,
                    says("Name of its extension in the directory.").see("connect.md#names-of-extensions"))
            .textOrNull(
                    "extensionType",
                    RowFacts::extensionType,
                    says("Type of its extension in the directory: `user`, `queue` or `ivr`.")
                            .known("user", "queue", "ivr"))
            .textOrNull("site", RowFacts::site, says("Site of its extension in the directory."))
            .textOrNull("department", RowFacts::department, says("Department of its extension in the directory."))
            .textOrNull(
                    "timeZone",
                    RowFacts::timeZone,
                    says("Time zone of its extension in the directory, for information."))
            .textOrNull(
                    "queueName", RowFacts::queueName, says("Name of the queue `queueExtensionId` in the directory."))
            .end();

    static final ValueType<PartyRow> ROW = ValueType.<PartyRow>named(
                    "party-metrics",
                    says("One flat row per party of a finished call; a revision or merge replaces the row.")
                            .see("topics.md#party-metrics"))
            .keyed(
                    "accountId/telephonySessionId/partyId",
                    false,
                    "account",
                    "schemaVersion",
                    "completionReason",
                    "lastReceivedAt",
                    "epoch")
            .taken(PartyRow::call, CallRecordJson.CALL, "accountId", "callId", "revision", "epoch")
            .takenAs(
                    "callStatus",
                    PartyRow::call,
                    CallRecordJson.CALL,
                    "status",
                    says("`status` of the call record that the row belongs to.").oneOf("complete", "partial"))
            .takenAs("callDirection", PartyRow::call, CallRecordJson.CALL, "direction")
            .takenAs("callInternal", PartyRow::call, CallRecordJson.CALL, "internal")
            .takenAs("callAction", PartyRow::call, CallRecordJson.CALL, "action")
            .takenAs("callResult", PartyRow::call, CallRecordJson.CALL, "result")
            .taken(
                    PartyRow::party,
                    PartyFields.PARTY,
                    "telephonySessionId",
                    "partyId",
                    "direction",
                    "role",
                    "extensionId",
                    "queueExtensionId")
            .taken(PartyRow::facts, FACTS, "phoneNumber", "name")
            .taken(
                    PartyRow::party,
                    PartyFields.PARTY,
                    "startTime",
                    "answerTime",
                    "endTime",
                    "setupMs",
                    "ringMs",
                    "talkMs",
                    "holdMs",
                    "parkMs",
                    "endStatus",
                    "endReason",
                    "missed")
            .taken(
                    PartyRow::facts,
                    FACTS,
                    "transferred",
                    "extensionName",
                    "extensionType",
                    "site",
                    "department",
                    "timeZone",
                    "queueName")
            .end();

    static final int USUAL_SIZE = 1200;

    private PartyRowJson() {}

    /** The row's key: account, telephony session and party, because a merge of calls must replace it. */
    public static String key(CallRecord call, PartyRecord party) {
        return call.accountId() + "/" + party.ref().telephonySessionId() + "/"
                + party.ref().partyId();
    }

    /**
     * Writes one row.
     *
     * @param revision of the call record that it belongs to
     * @param epoch of the application's state
     * @param extension what the directory says of the party's extension; null if nothing
     * @param queue what it says of the queue that the party was rung by; null if nothing
     * @return UTF-8, no line break
     */
    public static byte[] write(
            CallRecord call,
            PartyRecord party,
            long revision,
            long epoch,
            @Nullable DirectoryEntry extension,
            @Nullable DirectoryEntry queue) {
        return ROW.json(
                new PartyRow(new EmittedCall(call, revision, epoch), party, RowFacts.of(call, party, extension, queue)),
                USUAL_SIZE);
    }
}
