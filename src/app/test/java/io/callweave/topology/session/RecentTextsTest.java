package io.callweave.topology.session;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.event.PartyEvent;
import io.callweave.notification.JsonArbitraries;
import io.callweave.notification.NotificationReader;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Events that share objects are the same events. */
class RecentTextsTest {

    private final NotificationReader reader = new NotificationReader();
    private final RecentTexts texts = new RecentTexts();

    @Property(tries = 500)
    void shouldBeEqualWhateverItSharesWithEarlierEvents(
            @ForAll @Size(min = 1, max = 6) List<@From("parties") ObjectNode> parties) {
        List<PartyEvent> shared = new ArrayList<>();
        for (ObjectNode party : parties) {
            for (PartyEvent event : reader.read(notification(party)).events()) {
                PartyEvent sharing = texts.sharing(event, shared);

                assertThat(sharing).isEqualTo(event);
                shared.add(sharing);
            }
        }
        assertThat(shared).hasSameSizeAs(parties);
    }

    @Test
    void shouldTakeTheObjectsOfTheEarlierEventOfItsParty() {
        List<PartyEvent> events = new ArrayList<>();
        call().inbound("+15550100002").answeredBy("104").hangUp().notifications().stream()
                .flatMap(notification -> reader.read(notification.bytes()).events().stream())
                .forEach(event -> events.add(texts.sharing(event, events)));
        PartyEvent last = events.get(events.size() - 1);

        assertThat(events.subList(0, events.size() - 1))
                .filteredOn(event -> event.partyId().equals(last.partyId()))
                .last()
                .satisfies(earlier -> {
                    assertThat(last.session()).isSameAs(earlier.session());
                    assertThat(last.partyId()).isSameAs(earlier.partyId());
                    assertThat(last.facts().from())
                            .isNotNull()
                            .isSameAs(earlier.facts().from());
                    assertThat(last.facts().direction())
                            .isSameAs(earlier.facts().direction());
                });
    }

    @Provide
    Arbitrary<ObjectNode> parties() {
        return JsonArbitraries.parties();
    }

    private static byte[] notification(ObjectNode party) {
        return """
                {"body":{"accountId":"1","telephonySessionId":"s-a","sequence":2,"sessionId":7,
                "eventTime":"2020-06-23T01:05:43.940Z","parties":[%s]}}""".formatted(party).getBytes(UTF_8);
    }
}
