package io.callweave.record;

import io.callweave.call.Address;
import io.callweave.call.CallRecord;
import io.callweave.call.PartyRecord;
import io.callweave.directory.DirectoryEntry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** One party of a finished call as a flat row, for tables: its own values and those of its call. */
public final class PartyRowJson {

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
     * @param extension what the directory says of the party's extension; null if nothing
     * @param queue what it says of the queue that the party was rung by; null if nothing
     * @return UTF-8, no line break
     */
    public static byte[] write(
            CallRecord call,
            PartyRecord party,
            long revision,
            @Nullable DirectoryEntry extension,
            @Nullable DirectoryEntry queue) {
        return Json.write(1024, out -> {
            Json json = new Json(out);
            out.writeStartObject();
            row(json, call, party, revision);
            directory(json, extension, queue);
            out.writeEndObject();
        });
    }

    static void directory(Json json, @Nullable DirectoryEntry extension, @Nullable DirectoryEntry queue)
            throws IOException {
        json.string("extensionName", extension == null ? null : extension.name());
        json.string("extensionType", extension == null ? null : extension.type());
        json.string("site", extension == null ? null : extension.site());
        json.string("department", extension == null ? null : extension.department());
        json.string("timeZone", extension == null ? null : extension.timeZone());
        json.string("queueName", queue == null ? null : queue.name());
    }

    private static void row(Json json, CallRecord call, PartyRecord party, long revision) throws IOException {
        Address own = party.ownAddress();
        json.string("accountId", call.accountId());
        json.string("callId", call.callId());
        json.number("revision", revision);
        json.string("callStatus", CallRecordJson.status(call));
        json.string("callDirection", call.direction());
        json.flag("callInternal", call.internal());
        json.string("callAction", call.outcome().action());
        json.string("callResult", call.outcome().result());
        json.string("telephonySessionId", party.ref().telephonySessionId());
        json.string("partyId", party.ref().partyId());
        json.string("direction", party.direction());
        json.string("role", CallRecordJson.role(party));
        json.string("extensionId", party.extensionId());
        json.string("queueExtensionId", party.queueExtensionId());
        json.string("phoneNumber", own == null ? null : own.phoneNumber());
        json.string("name", own == null ? null : own.name());
        json.time("startTime", party.startTime());
        json.time("answerTime", party.answerTime());
        json.time("endTime", party.endTime());
        json.number("setupMs", party.setupMs());
        json.number("ringMs", party.ringMs());
        json.number("talkMs", party.talkMs());
        json.number("holdMs", party.holdMs());
        json.number("parkMs", party.parkMs());
        json.string("endStatus", party.endStatus());
        json.string("endReason", party.endReason());
        json.flag("missed", party.missed());
        json.flag("transferred", call.transferors().contains(party.ref()));
    }
}
