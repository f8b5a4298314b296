package io.callweave.topology.calls;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.callweave.call.CallRules;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import io.callweave.notification.NotificationReader;
import io.callweave.record.CallRecordJson;
import io.callweave.simulation.platform.Notification;
import io.callweave.topology.CallsFold;
import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** What notifications must come out as in the end: the records that the core alone makes of them. */
public final class AssembledCalls {

    private AssembledCalls() {}

    /** The records by key, as {@link CallsFold#records()} has them. */
    public static SortedMap<String, String> ofLines(Iterable<byte[]> lines) {
        NotificationReader reader = new NotificationReader();
        Assembly assembly = new Assembly();
        for (byte[] line : lines) {
            reader.read(line).events().forEach(assembly::add);
        }
        SortedMap<String, String> records = new TreeMap<>();
        for (CallRecord call : assembly.records(CallRules.DEFAULT)) {
            records.put(call.accountId() + "/" + call.callId(), new String(CallRecordJson.write(call, 1), UTF_8));
        }
        return records;
    }

    public static SortedMap<String, String> of(Collection<Notification> notifications) {
        return ofLines(notifications.stream().map(Notification::bytes).toList());
    }
}
