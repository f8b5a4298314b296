package io.callweave.notification;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A valid notification for tests to change: members are given as JSON, and {@link #ABSENT} leaves one out. */
final class TestNotification {

    static final String ABSENT = "";
    static final String PARTY = "{\"accountId\":\"1\",\"id\":\"p-a-1\",\"status\":{\"code\":\"Setup\"}}";

    private final Map<String, String> envelope = new LinkedHashMap<>();
    private final Map<String, String> body = new LinkedHashMap<>();

    private TestNotification() {
        envelope.put("uuid", "\"7\"");
        envelope.put("event", "\"/restapi/v1.0/account/1/extension/2/telephony/sessions\"");
        envelope.put("timestamp", "\"2020-06-23T01:05:44.013Z\"");
        body.put("sequence", "2");
        body.put("sessionId", "\"429180487016\"");
        body.put("telephonySessionId", "\"s-a\"");
        body.put("eventTime", "\"2020-06-23T01:05:43.940Z\"");
        body.put("parties", "[" + PARTY + "]");
        body.put("origin", "{\"type\":\"Call\"}");
    }

    static TestNotification notification() {
        return new TestNotification();
    }

    TestNotification envelope(String name, String json) {
        envelope.put(name, json);
        return this;
    }

    TestNotification body(String name, String json) {
        body.put(name, json);
        return this;
    }

    TestNotification parties(String... parties) {
        return body("parties", "[" + String.join(",", parties) + "]");
    }

    /** The only party, with these members (as in an object, without braces) besides an id and a status. */
    TestNotification partyWith(String members) {
        return parties("{\"id\":\"p-a-1\",\"status\":{\"code\":\"Setup\"}," + members + "}");
    }

    String json() {
        Map<String, String> all = new LinkedHashMap<>(envelope);
        all.putIfAbsent("body", object(body));
        return object(all);
    }

    byte[] bytes() {
        return utf8(json());
    }

    static byte[] utf8(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String object(Map<String, String> members) {
        List<String> sent = new ArrayList<>();
        members.forEach((name, json) -> {
            if (!json.equals(ABSENT)) {
                sent.add("\"" + name + "\":" + json);
            }
        });
        return "{" + String.join(",", sent) + "}";
    }
}
