package io.callweave.call.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventBodyTest {

    private static final byte[] NOTIFICATION = "{\"a\":{\"id\":\"é\"},\"b\":\"time\"}".getBytes(UTF_8);

    @Test
    void shouldBeTheSameOutOfANotificationAndAlone() {
        EventBody sent = EventBody.in(NOTIFICATION, 5, 16, 21, 27);

        EventBody alone = sent.detached();

        assertThat(sent.text()).isEqualTo("{\"id\":\"é\"}\0\"time\"");
        assertThat(alone).isEqualTo(sent).hasSameHashCodeAs(sent);
        assertThat(alone.sha256()).isEqualTo(sent.sha256());
        assertThat(UTF_8.decode(alone.partyBytes()).toString()).isEqualTo("{\"id\":\"é\"}");
        assertThat(sent.partyBytes().array()).isSameAs(NOTIFICATION);
        assertThat(alone.partyBytes().array()).isNotSameAs(NOTIFICATION);
    }

    @Test
    void shouldStayAsItIsIfItIsAloneAlready() {
        EventBody alone = EventBody.of("{}");

        assertThat(alone.detached()).isSameAs(alone);
    }
}
