package io.callweave.testcalls;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.CallRules;
import io.callweave.call.record.Assembly;
import io.callweave.call.record.CallRecord;
import io.callweave.notification.NotificationReader;
import io.callweave.record.CallRecordJson;
import io.callweave.simulation.platform.WireJson;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;

/** The final records of notifications, assembled by the core alone. */
public final class Assembled {

    private Assembled() {}

    /** The calls of these notifications, some of which may not be usable. */
    public static List<CallRecord> calls(Collection<String> notifications) {
        NotificationReader reader = new NotificationReader();
        Assembly assembly = new Assembly();
        for (String notification : notifications) {
            reader.read(notification.getBytes(StandardCharsets.UTF_8)).events().forEach(assembly::add);
        }
        return assembly.records(CallRules.DEFAULT);
    }

    /** The same, one line of JSON each, as the command assemble prints them. */
    public static List<String> lines(Collection<String> notifications) {
        return calls(notifications).stream()
                .map(call -> new String(CallRecordJson.write(call, 1), StandardCharsets.UTF_8))
                .toList();
    }

    /** The same, as trees. */
    public static List<JsonNode> trees(Collection<String> notifications) {
        return lines(notifications).stream().map(WireJson::read).toList();
    }
}
