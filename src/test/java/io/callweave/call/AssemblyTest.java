package io.callweave.call;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AssemblyTest {

    private static final TestEvent OVER = inbound(1).is("Disconnected");

    private final Assembly assembly = new Assembly();

    @Test
    void shouldGiveTheCallsByStartThenCallThenAccount() {
        add("9", "c", OVER.at(100));
        add("10", "c", OVER.at(100));
        add("9", "b", OVER.at(100));
        add("9", "a", OVER.at(200));

        assertThat(records())
                .extracting(record -> record.accountId() + " " + record.callId())
                .containsExactly("9 s-b", "10 s-c", "9 s-c", "9 s-a");
    }

    @Test
    void shouldTakeTheGreaterOfTwoBodiesOfOneEventWhateverComesFirst() {
        add("9", "a", OVER.body("b").at(300));
        add("9", "a", OVER.body("a").at(400));
        add("9", "b", OVER.body("a").at(400));
        add("9", "b", OVER.body("b").at(300));

        assertThat(records()).extracting(record -> record.times().startTime()).containsExactly(300L, 300L);
    }

    @Test
    void shouldJoinWhicheverOfTheTwoSessionsNamesTheOther() {
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

    /** What is kept of an event when a call has as many sessions as there may be. */
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
