package io.callweave.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.Session;
import io.callweave.record.CallRecordJson;
import io.callweave.record.ExcludedCalls;
import io.callweave.value.JsonLimits;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** What must not be exported, and how many values that were. */
public final class LeftOut {

    private final ExcludedCalls rule;

    /** Of calls that are left out: their rows and events need not name what is excluded. */
    private final Set<String> sessions = new HashSet<>();

    private long count;

    public LeftOut(ExcludedCalls rule) {
        this.rule = rule;
    }

    boolean isNothing() {
        return rule.isEmpty();
    }

    /** Remembers the sessions of a call record that is left out. */
    void learn(byte[] call) {
        JsonNode tree = read(call);
        if (rule.excludes(tree)) {
            String account = tree.path("accountId").asText();
            tree.path("sessions").forEach(each -> sessions.add(key(account, each)));
        }
    }

    /** The same for a call that was assembled here. */
    void learn(CallRecord call) {
        learn(CallRecordJson.write(call, 1));
    }

    /** Whether the value of a topic is left out. */
    boolean hasValue(byte[] value) {
        if (rule.isEmpty()) {
            return false;
        }
        JsonNode tree = read(value);
        return counted(rule.excludes(tree) || isLearnt(tree));
    }

    /** A row or an event names its session; a call has a list of its own. */
    private boolean isLearnt(JsonNode value) {
        String account = value.path("accountId").asText();
        boolean learnt = sessions.contains(key(account, value));
        for (JsonNode session : value.path("sessions")) {
            learnt |= sessions.contains(key(account, session));
        }
        return learnt;
    }

    /** Whether a call is left out, with its rows and in its windows. */
    boolean hasCall(CallRecord call) {
        return counted(rule.excludes(call));
    }

    /** Whether the events of a session are left out. */
    boolean hasSession(Session session) {
        return counted(sessions.contains(
                session.key().accountId() + "/" + session.key().telephonySessionId()));
    }

    /** How many values were left out. */
    public long count() {
        return count;
    }

    private boolean counted(boolean out) {
        count += out ? 1 : 0;
        return out;
    }

    private static String key(String account, JsonNode session) {
        return account + "/" + session.path("telephonySessionId").asText();
    }

    private static JsonNode read(byte[] value) {
        try {
            return JsonLimits.tree(value);
        } catch (IOException noJson) {
            return NullNode.instance;
        }
    }
}
