package io.callweave.call;

import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import io.callweave.call.joining.Joining;
import io.callweave.call.joining.PeerTie;
import io.callweave.call.record.CallRecord;
import io.callweave.call.session.FoldedSession;
import io.callweave.call.session.Party;
import io.callweave.call.session.Session;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sessions, calls and records from {@link TestEvent}s. */
public final class TestSessions {

    private static final long FIRST_SEQUENCE = 2;

    private TestSessions() {}

    /** The events of the session with this name, in their order. */
    public static List<PartyEvent> events(String session, TestEvent... told) {
        SessionKey key = new SessionKey(TestEvent.ACCOUNT, TestEvent.sessionNamed(session));
        List<PartyEvent> events = new ArrayList<>();
        for (TestEvent event : told) {
            events.add(event.in(key, FIRST_SEQUENCE + events.size()));
        }
        return events;
    }

    public static Session session(String name, TestEvent... told) {
        return Session.of(new SessionKey(TestEvent.ACCOUNT, TestEvent.sessionNamed(name)), events(name, told));
    }

    /** All these sessions as one call, even if they do not name each other; none is missing. */
    public static Call call(Session... sessions) {
        return Call.of(List.of(sessions), List.of());
    }

    /** A call of one session. */
    public static Call call(TestEvent... told) {
        return call(session("a", told));
    }

    public static CallRecord record(TestEvent... told) {
        return CallRecord.of(call(told), CallRules.DEFAULT);
    }

    /** These events, and then the end of each of their parties at this time, the first party last. */
    public static TestEvent[] over(long end, TestEvent... told) {
        Deque<TestEvent> last = new ArrayDeque<>();
        for (TestEvent event : told) {
            if (last.stream().noneMatch(event::isOfSameParty)) {
                last.addFirst(event);
            }
        }
        return Stream.concat(
                        Arrays.stream(told),
                        last.stream().map(party -> party.is("Disconnected").at(end)))
                .toArray(TestEvent[]::new);
    }

    /** The party of a call with one session and one party. */
    public static Party party(TestEvent... told) {
        return FoldedSession.of(session("a", told)).parties().get(0);
    }

    /** The components of these sessions. */
    public static Joining joining(Session... sessions) {
        Map<String, Session> byId = Arrays.stream(sessions).collect(Collectors.toMap(Session::id, Function.identity()));
        return new Joining(new Joining.Sessions() {
            @Override
            public @Nullable Session session(String telephonySessionId) {
                return byId.get(telephonySessionId);
            }

            @Override
            public Collection<String> namedBy(String telephonySessionId) {
                return byId.values().stream()
                        .filter(session -> PeerTie.of(session).containsKey(telephonySessionId))
                        .map(Session::id)
                        .toList();
            }
        });
    }
}
