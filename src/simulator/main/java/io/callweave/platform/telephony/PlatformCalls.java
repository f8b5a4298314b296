package io.callweave.platform.telephony;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.platform.rest.PlatformError;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sessions of all accounts that were there last. */
public final class PlatformCalls {

    private static final int MOST_SESSIONS = 2_000;

    private final Clock clock;
    private final Map<String, SessionHistory> sessions = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SessionHistory> eldest) {
            return size() > MOST_SESSIONS;
        }
    };

    public PlatformCalls(Clock clock) {
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** A notification is sent. */
    public synchronized void sent(String account, JsonNode envelope) {
        sessions.computeIfAbsent(
                        key(account, envelope.at("/body/telephonySessionId").asText()), key -> new SessionHistory())
                .add(now(), envelope);
    }

    synchronized SessionHistory session(String account, String id) {
        SessionHistory session = sessions.get(key(account, id));
        if (session == null) {
            throw PlatformError.notFound("telephonySessionId");
        }
        return session;
    }

    synchronized List<SessionHistory> sessions(String account) {
        List<SessionHistory> found = new ArrayList<>();
        sessions.forEach((key, value) -> {
            if (key.startsWith(account + "/")) {
                found.add(value);
            }
        });
        return found;
    }

    private static String key(String account, String session) {
        return account + "/" + session;
    }
}
