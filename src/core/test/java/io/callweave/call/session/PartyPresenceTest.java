package io.callweave.call.session;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestSessions.call;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartyPresenceTest {

    private static final Call CALL = call(
            inbound(1).is("Answered").at(0),
            inbound(1).is("Disconnected").at(100),
            inbound(2).is("Answered").at(50),
            inbound(3).is("Gone").at(60),
            inbound(4).is("Answered").because("Supervising").at(70),
            inbound(5).is("Answered").at(80),
            inbound(6).is("Answered").at(85),
            inbound(6).is("Disconnected").at(100));

    private final PartyPresence presence = new PartyPresence(CALL.parties());

    @Test
    void shouldFindThePartyWithTheLowestSequenceThatIsThereAndFits() {
        assertThat(id(presence.firstThere(99, Long.MAX_VALUE, party -> true))).isEqualTo("p-a-1");
        assertThat(id(presence.firstThere(100, Long.MAX_VALUE, party -> true))).isEqualTo("p-a-2");
        assertThat(id(presence.firstThere(
                        100, Long.MAX_VALUE, party -> !id(party).equals("p-a-2"))))
                .isEqualTo("p-a-5");
        assertThat(presence.firstThere(
                        100, Long.MAX_VALUE, party -> !Set.of("p-a-2", "p-a-5").contains(id(party))))
                .isNull();
        assertThat(presence.firstThere(100, Long.MAX_VALUE, party -> false)).isNull();
    }

    /** In a chain of thousands of transfers, a look at all later parties for each of them would take minutes. */
    @Test
    void shouldNotLookAtPartiesThatBeginAfterTheSequence() {
        List<Party> asked = new ArrayList<>();

        Party found = presence.firstThere(100, 4, party -> {
            asked.add(party);
            return false;
        });

        assertThat(found).isNull();
        assertThat(asked).extracting(PartyPresenceTest::id).containsExactly("p-a-2");
    }

    private static String id(Party party) {
        return party.id();
    }
}
