package io.callweave.notification;

import static io.callweave.notification.TestNotification.notification;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.call.PartyEvent;
import io.callweave.call.SessionKey;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PartyEventsTest {

    private final NotificationReader reader = new NotificationReader();

    @Test
    void shouldGiveBackEveryRealEvent() {
        for (byte[] value : Samples.real()) {
            for (PartyEvent event : reader.read(value).events()) {
                assertThat(readBack(event)).isEqualTo(event);
            }
        }
    }

    @Property
    void shouldGiveBackAnyEvent(
            @ForAll("parties") ObjectNode party,
            @ForAll("values") JsonNode origin,
            @ForAll("values") JsonNode sessionId,
            @ForAll Random random) {
        Scrambler scrambler = new Scrambler(random);
        byte[] value = notification()
                .body("origin", scrambler.scramble(origin))
                .body("sessionId", scrambler.scramble(sessionId))
                .parties(scrambler.scramble(party))
                .bytes();

        PartyEvent event = reader.read(value).events().get(0);

        assertThat(readBack(event)).isEqualTo(event);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "{\"eventTime\":\"2020-06-23T01:05:43.940Z\"}",
                "{\"party\":{\"id\":\"p\",\"status\":{\"code\":\"Setup\"}}}",
                "{\"eventTime\":\"2020-06-23T01:05:43.940Z\",\"party\":{\"id\":\"p\"}}",
                "{\"eventTime\":\"2020-06-23T01:05:43.940Z\",\"party\":{\"id\":\"p\",\"status\":{\"code\":\"Setup\"}}}{}",
                "{\"eventTime\":\"2020-06-23T01:05:43.940Z\",\"party\":{\"id\":\"Ann"
            })
    void shouldRejectWhatIsNoBodyOfAnEvent(String body) {
        assertThatThrownBy(() -> PartyEvents.fromBody(new SessionKey("1", "s-a"), 2, body))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("Ann");
    }

    @Provide
    Arbitrary<ObjectNode> parties() {
        return JsonArbitraries.parties();
    }

    @Provide
    Arbitrary<JsonNode> values() {
        return JsonArbitraries.values();
    }

    private static PartyEvent readBack(PartyEvent event) {
        return PartyEvents.fromBody(event.session(), event.sequence(), event.body());
    }
}
