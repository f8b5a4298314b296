package io.callweave.call;

import io.callweave.call.event.Address;
import io.callweave.call.event.EventBody;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.PartyRef;
import io.callweave.call.event.Peer;
import io.callweave.call.event.QueueLabel;
import io.callweave.call.event.Recording;
import io.callweave.call.event.SessionKey;
import io.callweave.call.event.Status;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A party event in a few words. Only what you name is sent. Each method returns a new event, so you can describe a
 * party once and then lead it through its statuses.
 *
 * <pre>{@code
 * TestEvent agent = inbound(2).extension("101");
 * session("a", agent.is("Proceeding").at(100), agent.is("Answered").at(500))
 * }</pre>
 */
public final class TestEvent {

    public static final String ACCOUNT = "1";

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
    private @Nullable String sipCallId;
    private @Nullable String fromDevice;
    private @Nullable String toDevice;
    private List<Recording> recordings = List.of();
    private @Nullable QueueLabel queueLabel;
    private @Nullable String messageId;

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
        sipCallId = other.sipCallId;
        fromDevice = other.fromDevice;
        toDevice = other.toDevice;
        recordings = other.recordings;
        queueLabel = other.queueLabel;
        messageId = other.messageId;
    }

    /** A party without a direction. */
    public static TestEvent party(int number) {
        return new TestEvent(number);
    }

    public static TestEvent inbound(int number) {
        return party(number).with(event -> event.direction = "Inbound");
    }

    public static TestEvent outbound(int number) {
        return party(number).with(event -> event.direction = "Outbound");
    }

    /** The id of the session with this name in a test. */
    public static String sessionNamed(String name) {
        return "s-" + name;
    }

    public static PartyRef ref(String session, int party) {
        return new PartyRef(sessionNamed(session), "p-" + session + "-" + party);
    }

    boolean isOfSameParty(TestEvent other) {
        return party == other.party;
    }

    /** With this status and, unless {@link #because} adds one, without a reason and a peer. */
    public TestEvent is(String newStatus) {
        return with(event -> {
            event.status = Status.of(newStatus);
            event.reason = null;
            event.peer = null;
        });
    }

    public TestEvent because(@Nullable String newReason) {
        return with(event -> event.reason = newReason);
    }

    /** With this party of that session as the peer. */
    public TestEvent peer(String session, int peerParty) {
        return with(event -> event.peer =
                new Peer(sessionNamed(session), null, ref(session, peerParty).partyId()));
    }

    /** With a peer of which only the session is named. */
    public TestEvent peer(String session) {
        return with(event -> event.peer = new Peer(sessionNamed(session), null, null));
    }

    /** Milliseconds since the epoch. */
    public TestEvent at(long millis) {
        return with(event -> event.time = millis);
    }

    /** Without it, the events of a session are numbered from 2 in the given order. */
    public TestEvent sequence(long number) {
        return with(event -> event.sequence = number);
    }

    public TestEvent sessionId(String id) {
        return with(event -> event.sessionId = id);
    }

    public TestEvent origin(String type) {
        return with(event -> event.origin = type);
    }

    /** Without it, the body is derived from the other values. */
    public TestEvent body(String canonical) {
        return with(event -> event.body = canonical);
    }

    public TestEvent accountId(String id) {
        return with(event -> event.accountId = id);
    }

    public TestEvent extension(@Nullable String id) {
        return with(event -> event.extensionId = id);
    }

    public TestEvent direction(@Nullable String sent) {
        return with(event -> event.direction = sent);
    }

    public TestEvent from(String phoneNumber) {
        return from(new Address(phoneNumber, null, null, null));
    }

    public TestEvent from(@Nullable Address address) {
        return with(event -> event.from = address);
    }

    public TestEvent to(String phoneNumber) {
        return to(new Address(phoneNumber, null, null, null));
    }

    public TestEvent to(@Nullable Address address) {
        return with(event -> event.to = address);
    }

    public TestEvent queueCall(@Nullable Boolean sent) {
        return with(event -> event.queueCall = sent);
    }

    public TestEvent missedCall(@Nullable Boolean sent) {
        return with(event -> event.missedCall = sent);
    }

    public TestEvent muted(@Nullable Boolean sent) {
        return with(event -> event.muted = sent);
    }

    public TestEvent conferenceRole(String role) {
        return with(event -> event.conferenceRole = role);
    }

    public TestEvent ringOutRole(String role) {
        return with(event -> event.ringOutRole = role);
    }

    public TestEvent parkData(String number) {
        return with(event -> event.parkData = number);
    }

    public TestEvent sipCallId(String id) {
        return with(event -> event.sipCallId = id);
    }

    /** The devices at both ends. */
    public TestEvent devices(@Nullable String from, @Nullable String to) {
        return with(event -> {
            event.fromDevice = from;
            event.toDevice = to;
        });
    }

    public TestEvent recordings(Recording... sent) {
        return with(event -> event.recordings = List.of(sent));
    }

    /** That this message was left in its mailbox. */
    public TestEvent message(String id) {
        return with(event -> event.messageId = id);
    }

    /** What the phone shows: {@code uiCallInfo}. */
    public TestEvent shows(String queueName, @Nullable String callerName) {
        return with(event -> event.queueLabel = new QueueLabel(queueName, callerName));
    }

    /** As an event of this session, at this place if it has none. */
    public PartyEvent in(SessionKey session, long place) {
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
                sipCallId,
                fromDevice,
                toDevice,
                recordings,
                queueLabel,
                messageId);
        String name = session.telephonySessionId().substring(2);
        return new PartyEvent(
                session,
                sequence < 0 ? place : sequence,
                String.valueOf(ref(name, party).partyId()),
                time,
                sessionId,
                origin,
                facts,
                EventBody.of(body != null ? body : time + " " + sessionId + " " + origin + " " + facts));
    }

    private TestEvent with(Consumer<TestEvent> change) {
        TestEvent copy = new TestEvent(this);
        change.accept(copy);
        return copy;
    }
}
