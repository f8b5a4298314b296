package io.callweave.console.api;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Values of window-metrics as far as the console reads them. */
final class TestWindows {

    private TestWindows() {}

    /** All of its calls are answered in time. */
    static ObjectNode of(
            String account, String scope, String scopeId, String window, String start, String end, int calls) {
        ObjectNode value = JsonNodeFactory.instance
                .objectNode()
                .put("accountId", account)
                .put("scope", scope)
                .put("scopeId", scopeId)
                .put("window", window)
                .put("windowStart", start)
                .put("windowEnd", end)
                .put("calls", calls)
                .put("answered", calls);
        value.putObject("serviceLevel")
                .put("thresholdMs", 20_000)
                .put("answeredWithin", calls)
                .put("counted", calls);
        return value;
    }

    /** An hour of an account. */
    static ObjectNode hour(String account, String start, int calls) {
        String end = Instant.parse(start).plusSeconds(3_600).toString();
        return of(account, "account", account, "PT1H", start, end, calls);
    }
}
