package io.callweave.call;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A party event in a few words. What is not said is not sent; each word gives a new event, so that a party can be told
 * once and then be taken through its statuses.
 *
 * <pre>{@code
 * TestEvent agent = inbound(2).extension("101");
 * session("a", agent.is("Proceeding").at(100), agent.is("Answered").at(500))
 * }</pre>
 */
final class TestEvent {

    static final String ACCOUNT = "1";

    private final int party;
    private long sequence = -1;
    private long time;
    private @Nullable String sessionId;
    private @Nullable String origin;
    private @Nullable String body;
    private String status = "Setup";
    private @Nullable String reason;
    private @Nullable Peer peer;
    private @Nullable String accountId;
    private @Nullable String extensionId;
    private @Nullable String direction;
    private @Nullable Address from;
    private @Nullable Address to;
    private @Nullable Boolean queueCall;
    private @Nullable Boolean missedCall;
    private @Nullable Boolean muted;
    private @Nullable String conferenceRole;
    private @Nullable String ringOutRole;
    private @Nullable String parkData;
    private List<Recording> recordings = List.of();

    private TestEvent(int party) {
        this.party = party;
    }

    private TestEvent(TestEvent other) {
        party = other.party;
        sequence = other.sequence;
        time = other.time;
        sessionId = other.sessionId;
        origin = other.origin;
        body = other.body;
        status = other.status;
        reason = other.reason;
        peer = other.peer;
        accountId = other.accountId;
        extensionId = other.extensionId;
        direction = other.direction;
        from = other.from;
        to = other.to;
        queueCall = other.queueCall;
        missedCall = other.missedCall;
        muted = other.muted;
        conferenceRole = other.conferenceRole;
        ringOutRole = other.ringOutRole;
        parkData = other.parkData;
        recordings = other.recordings;
    }

    /** A party that does not say its direction. */
    static TestEvent party(int number) {
        return new TestEvent(number);
    }

    static TestEvent inbound(int number) {
        return party(number).with(event -> event.direction = "Inbound");
    }

    static TestEvent outbound(int number) {
        return party(number).with(event -> event.direction = "Outbound");
    }

    /** The id of a session that is called so in a test. */
    static String sessionNamed(String name) {
        return "s-" + name;
    }

    static PartyRef ref(String session, int party) {
        return new PartyRef(sessionNamed(session), "p-" + session + "-" + party);
    }

    /** With this status and, unless {@link #because} says another one, without a reason and a peer. */
    TestEvent is(String newStatus) {
        return with(event -> {
            event.status = Status.of(newStatus);
            event.reason = null;
            event.peer = null;
        });
    }

    TestEvent because(@Nullable String newReason) {
        return with(event -> event.reason = newReason);
    }

    /** With the peer that is this party of that session. */
    TestEvent peer(String session, int peerParty) {
        return with(event -> event.peer =
                new Peer(sessionNamed(session), null, ref(session, peerParty).partyId()));
    }

    /** With a peer of which only the session is told. */
    TestEvent peer(String session) {
        return with(event -> event.peer = new Peer(sessionNamed(session), null, null));
    }

    /** Milliseconds since the epoch. */
    TestEvent at(long millis) {
        return with(event -> event.time = millis);
    }

    /** Else the events of a session are numbered from 2 in the order in which they are told. */
    TestEvent sequence(long number) {
        return with(event -> event.sequence = number);
    }

    TestEvent sessionId(String id) {
        return with(event -> event.sessionId = id);
    }

    TestEvent origin(String type) {
        return with(event -> event.origin = type);
    }

    /** Else the body is made of what is told. */
    TestEvent body(String canonical) {
        return with(event -> event.body = canonical);
    }

    TestEvent accountId(String id) {
        return with(event -> event.accountId = id);
    }

    TestEvent extension(@Nullable String id) {
        return with(event -> event.extensionId = id);
    }

    TestEvent direction(@Nullable String sent) {
        return with(event -> event.direction = sent);
    }

    TestEvent from(String phoneNumber) {
        return from(new Address(phoneNumber, null, null, null));
    }

    TestEvent from(@Nullable Address address) {
        return with(event -> event.from = address);
    }

    TestEvent to(String phoneNumber) {
        return to(new Address(phoneNumber, null, null, null));
    }

    TestEvent to(@Nullable Address address) {
        return with(event -> event.to = address);
    }

    TestEvent queueCall(@Nullable Boolean sent) {
        return with(event -> event.queueCall = sent);
    }

    TestEvent missedCall(@Nullable Boolean sent) {
        return with(event -> event.missedCall = sent);
    }

    TestEvent muted(@Nullable Boolean sent) {
        return with(event -> event.muted = sent);
    }

    TestEvent conferenceRole(String role) {
        return with(event -> event.conferenceRole = role);
    }

    TestEvent ringOutRole(String role) {
        return with(event -> event.ringOutRole = role);
    }

    TestEvent parkData(String number) {
        return with(event -> event.parkData = number);
    }

    TestEvent recordings(Recording... sent) {
        return with(event -> event.recordings = List.of(sent));
    }

    /** As an event of this session, in this place if it has none. */
    PartyEvent in(SessionKey session, long place) {
        PartyFacts facts = new PartyFacts(
                status,
                reason,
                peer,
                accountId,
                extensionId,
                direction,
                from,
                to,
                queueCall,
                missedCall,
                muted,
                conferenceRole,
                ringOutRole,
                parkData,
                recordings);
        String name = session.telephonySessionId().substring(2);
        return new PartyEvent(
                session,
                sequence < 0 ? place : sequence,
                String.valueOf(ref(name, party).partyId()),
                time,
                sessionId,
                origin,
                facts,
                body != null ? body : time + " " + sessionId + " " + origin + " " + facts);
    }

    private TestEvent with(Consumer<TestEvent> change) {
        TestEvent copy = new TestEvent(this);
        change.accept(copy);
        return copy;
    }
}
