package io.callweave.call;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Sessions, calls and records out of {@link TestEvent}s. */
final class TestSessions {

    private static final long FIRST_SEQUENCE = 2;

    private TestSessions() {}

    /** The events of a session that is called so, in its order. */
    static List<PartyEvent> events(String session, TestEvent... told) {
        SessionKey key = new SessionKey(TestEvent.ACCOUNT, TestEvent.sessionNamed(session));
        List<PartyEvent> events = new ArrayList<>();
        for (TestEvent event : told) {
            events.add(event.in(key, FIRST_SEQUENCE + events.size()));
        }
        return events;
    }

    static Session session(String name, TestEvent... told) {
        return Session.of(new SessionKey(TestEvent.ACCOUNT, TestEvent.sessionNamed(name)), events(name, told));
    }

    /** All these sessions as one call, whatever they name; none is missing. */
    static Call call(Session... sessions) {
        return Call.of(List.of(sessions), List.of());
    }

    /** A call of one session. */
    static Call call(TestEvent... told) {
        return call(session("a", told));
    }

    static CallRecord record(TestEvent... told) {
        return CallRecord.of(call(told), CallRules.DEFAULT);
    }

    /** A party of one call of one session, alone in it. */
    static Party party(TestEvent... told) {
        return FoldedSession.of(session("a", told)).parties().get(0);
    }

    /** Which of these sessions are one call. */
    static Joining joining(Session... sessions) {
        Map<String, Session> byId = Arrays.stream(sessions).collect(Collectors.toMap(Session::id, Function.identity()));
        return new Joining(new Joining.Sessions() {
            @Override
            public @Nullable Session session(String telephonySessionId) {
                return byId.get(telephonySessionId);
            }

            @Override
            public Collection<String> namedBy(String telephonySessionId) {
                return byId.values().stream()
                        .filter(session -> PeerEdges.of(session).named().contains(telephonySessionId))
                        .map(Session::id)
                        .toList();
            }
        });
    }
}
