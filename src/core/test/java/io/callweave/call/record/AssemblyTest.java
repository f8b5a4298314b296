package io.callweave.call.record;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.CallRules;
import io.callweave.call.TestEvent;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.SessionKey;
import java.util.List;
import org.junit.jupiter.api.Test;

class AssemblyTest {

    private static final TestEvent OVER = inbound(1).is("Disconnected");

    private final Assembly assembly = new Assembly();

    @Test
    void shouldSortCallsByStartThenCallThenAccount() {
        add("9", "c", OVER.at(100));
        add("10", "c", OVER.at(100));
        add("9", "b", OVER.at(100));
        add("9", "a", OVER.at(200));

        assertThat(records())
                .extracting(record -> record.accountId() + " " + record.callId())
                .containsExactly("9 s-b", "10 s-c", "9 s-c", "9 s-a");
    }

    @Test
    void shouldUseTheGreaterOfTwoBodiesOfOneEventInEitherOrder() {
        add("9", "a", OVER.body("b").at(300));
        add("9", "a", OVER.body("a").at(400));
        add("9", "b", OVER.body("a").at(400));
        add("9", "b", OVER.body("b").at(300));

        assertThat(records()).extracting(record -> record.times().startTime()).containsExactly(400L, 400L);
    }

    @Test
    void shouldJoinIfEitherSessionNamesTheOther() {
        add("9", "a", OVER);
        add("9", "b", OVER.peer("a", 1));
        add("9", "c", OVER.peer("d", 1));
        add("9", "d", OVER);

        assertThat(records())
                .extracting(record -> record.sessions().stream()
                        .map(SessionRecord::telephonySessionId)
                        .toList())
                .containsExactly(List.of("s-a", "s-b"), List.of("s-c", "s-d"));
    }

    /** The form in which an event is kept if its call already has the most sessions. */
    @Test
    void shouldNotJoinByAnEventWhosePeerWasLeftOut() {
        add("9", "a", OVER);
        SessionKey other = new SessionKey("9", TestEvent.sessionNamed("b"));
        PartyEvent event = outbound(2).extension("101").peer("a", 1).in(other, 7);

        assembly.add(event.withoutPeer());

        assertThat(records()).extracting(CallRecord::callId).containsExactly("s-a", "s-b");
        assertThat(event.withoutPeer().place()).isEqualTo(event.place());
        assertThat(event.withoutPeer().facts().extensionId()).isEqualTo("101");
    }

    private void add(String account, String session, TestEvent event) {
        assembly.add(event.in(new SessionKey(account, TestEvent.sessionNamed(session)), 2));
    }

    private List<CallRecord> records() {
        return assembly.records(CallRules.DEFAULT);
    }
}
