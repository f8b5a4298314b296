package io.callweave.cli.files;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Of many revisions the last of each call that is not superseded, in the order of {@code assemble}. */
public final class FinalCalls {

    private static final Comparator<Call> ORDER =
            Comparator.comparing(Call::startTime).thenComparing(Call::callId).thenComparing(Call::accountId);

    private final Map<String, Call> last = new HashMap<>();

    private record Call(String startTime, String callId, String accountId, boolean superseded, byte[] json) {}

    /** Takes a revision; of one call they come in their order. */
    public void add(byte[] json) throws IOException {
        JsonNode call = JsonLimits.tree(json);
        String account = call.path("accountId").asText();
        String id = call.path("callId").asText();
        boolean superseded = call.path("status").asText().equals("superseded");
        last.put(account + "/" + id, new Call(call.path("startTime").asText(), id, account, superseded, json));
    }

    public List<byte[]> inOrder() {
        return last.values().stream()
                .filter(call -> !call.superseded())
                .sorted(ORDER)
                .map(Call::json)
                .toList();
    }
}
