package io.callweave.schema;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.call.record.CallRecord;
import io.callweave.call.record.PartyRecord;
import io.callweave.record.CallRecordJson;
import io.callweave.record.FailedRows;
import io.callweave.record.PartyRowJson;
import io.callweave.record.RewrittenRecord;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.testcalls.Assembled;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** All that is made of the descriptions of a call, its parties and their rows. */
public final class AddedFieldProbe implements Supplier<Map<String, String>> {

    @Override
    public Map<String, String> get() {
        CallRecord call = Assembled.calls(PhoneCall.call()
                        .inbound("+15550100002")
                        .answeredBy("104")
                        .hangUp()
                        .lines())
                .get(0);
        PartyRecord party = call.parties().get(0);
        byte[] json = CallRecordJson.write(call, 1);
        byte[] row = PartyRowJson.write(call, party, 1, 0, null, null);
        byte[] failed = FailedRows.of(RewrittenRecord.failed(json, 2), extension -> null)
                .get(PartyRowJson.key(call, party));
        Map<String, String> made = new LinkedHashMap<>();
        made.put("record", new String(json, UTF_8));
        made.put("row", new String(row, UTF_8));
        made.put("row of a call that failed", new String(failed, UTF_8));
        made.put("schema of calls", Schemas.ofValue("calls").toString());
        made.put("schema of party-metrics", Schemas.ofValue("party-metrics").toString());
        made.put("AsyncAPI", io.callweave.topics.AsyncApi.document().toString());
        made.put(
                "columns of Connect",
                new String(ConnectEnvelope.of("party-metrics").wrap(row), UTF_8).replaceFirst("\"payload\".*", ""));
        made.put("table of the party", FieldsDocumentationTest.made("party", "records.md"));
        made.put("table of the row", FieldsDocumentationTest.made("party-metrics", "topics.md"));
        return made;
    }
}
