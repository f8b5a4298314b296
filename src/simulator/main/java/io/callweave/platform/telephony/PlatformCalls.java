package io.callweave.platform.telephony;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.platform.rest.PlatformError;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The calls of all accounts: those that are there now, and those that ended, as far as memory allows. */
public final class PlatformCalls {

    private static final int MOST_SESSIONS = 2_000;

    /**
     * A call that is over.
     *
     * @param at when its last notification was sent
     * @param truth what it really was, in the form of a call record
     */
    record Finished(Instant at, JsonNode truth) {}

    /** How late the call log is: 15 to 30 seconds, always the same for one session. */
    private static final int SHORTEST_DELAY = 15;

    private static final int DELAYS = 16;

    private final Clock clock;
    private final Map<String, SessionHistory> sessions = bounded();
    private final Map<String, Finished> finished = bounded();

    public PlatformCalls(Clock clock) {
        this.clock = clock;
    }

    private static <T> Map<String, T> bounded() {
        return new LinkedHashMap<>() {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, T> eldest) {
                return size() > MOST_SESSIONS;
            }
        };
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

    /** The last notification of a call was sent. */
    public synchronized void ended(JsonNode truth) {
        finished.put(key(truth.path("accountId").asText(), truth.path("callId").asText()), new Finished(now(), truth));
    }

    synchronized SessionHistory session(String account, String id) {
        SessionHistory session = sessions.get(key(account, id));
        if (session == null) {
            throw PlatformError.notFound("telephonySessionId");
        }
        return session;
    }

    synchronized List<SessionHistory> sessions(String account) {
        return of(sessions, account);
    }

    synchronized List<Finished> finished(String account) {
        return of(finished, account);
    }

    private static <T> List<T> of(Map<String, T> all, String account) {
        List<T> found = new ArrayList<>();
        all.forEach((key, value) -> {
            if (key.startsWith(account + "/")) {
                found.add(value);
            }
        });
        return found;
    }

    private static String key(String account, String session) {
        return account + "/" + session;
    }

    /** How late the call log is about a session. */
    static Duration delay(String session) {
        return Duration.ofSeconds(SHORTEST_DELAY + Math.floorMod(session.hashCode(), DELAYS));
    }
}
