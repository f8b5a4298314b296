package io.callweave.call.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.callweave.call.TestEvent;
import java.util.HexFormat;
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
        assertThat(UTF_8.decode(sent.partyBytes()).toString()).isEqualTo("{\"id\":\"é\"}");
        assertThat(sent.partyBytes().array()).isSameAs(NOTIFICATION);
        assertThat(alone.partyBytes().array()).isNotSameAs(NOTIFICATION);
    }

    /** With {@code printf '{"id":"é"}\0"time"' | sha256sum}. */
    @Test
    void shouldBeKnownByTheHashOfItsTextsWithoutThem() {
        EventBody sent = EventBody.in(NOTIFICATION, 5, 16, 21, 27);

        EventBody hashed = sent.withoutText();

        assertThat(HexFormat.of().formatHex(hashed.sha256()))
                .isEqualTo("7785170dc0ea5d928e4377cb96d35f77af74291609101a8c24b86b18e06f9109");
        assertThat(hashed)
                .isEqualTo(sent)
                .isEqualTo(EventBody.of(sent.text()))
                .isEqualTo(EventBody.ofSha256(hashed.sha256()))
                .isNotEqualTo(EventBody.of("{}"))
                .isNotEqualTo(sent.text());
        assertThat(hashed.withoutText()).isSameAs(hashed);
        assertThatIllegalStateException().isThrownBy(hashed::text).withMessageContaining("SHA-256");
    }

    @Test
    void shouldLeaveTheEventTheSameWithoutItsTexts() {
        PartyEvent event = TestEvent.inbound(1).extension("101").in(new SessionKey("1", "s-a"), 2);

        PartyEvent kept = event.withoutText();

        assertThat(kept).isEqualTo(event);
        assertThatIllegalStateException().isThrownBy(() -> kept.body().text());
    }

    @Test
    void shouldShowItsTextsOrElseItsHash() {
        EventBody body = EventBody.of("{}");

        assertThat(body).hasToString("{}");
        assertThat(body.withoutText()).asString().startsWith("SHA-256 ");
    }

    @Test
    void shouldFindTheTextOfItsParty() {
        assertThat(EventBody.of("{}")).returns("{}", EventBody::partyText);
        assertThat(EventBody.of("{}\0time")).returns("{}", EventBody::partyText);
        assertThat(EventBody.of("\0time")).returns("", EventBody::partyText);
    }

    @Test
    void shouldStayAsItIsIfItIsAloneAlready() {
        EventBody alone = EventBody.of("{}");

        assertThat(alone.detached()).isSameAs(alone);
    }
}
