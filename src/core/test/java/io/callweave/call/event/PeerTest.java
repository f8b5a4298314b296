package io.callweave.call.event;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeerTest {

    @ParameterizedTest(name = "telephonySessionId {0}, sessionId {1}, partyId {2} is {3}")
    @CsvSource(textBlock = """
            s-b,  s-c, p-d-1,     s-b
            '',   s-c, p-d-1,     s-c
            ,     s-c, p-d-1,     s-c
            ,     42,  p-d-1,     s-d
            ,     ,    p-d-12,    s-d
            ,     '',  p-d-e-7-3, s-d-e-7
            b64=, ,    cs123-1,   b64=
            ,     0,   p-d-1,     s-d
            """)
    void shouldNameTheOtherSessionInEachForm(
            String telephonySessionId, String sessionId, String partyId, String session) {
        Peer peer = Peer.resolve(telephonySessionId, sessionId, partyId, "s-a");

        assertThat(peer).isEqualTo(new Peer(session, sessionId, partyId));
    }

    @ParameterizedTest(name = "telephonySessionId {0}, sessionId {1}, partyId {2}")
    @CsvSource(textBlock = """
            s-a, ,    p-b-1
            ,    s-a, p-b-1
            ,    ,    p-a-2
            ,    42,
            ,    0,   cs123-1
            ,    42,  p-b
            ,    ,    p--1
            ,    ,
            """)
    void shouldNameNobodyIfNoOtherSessionIsNamed(String telephonySessionId, String sessionId, String partyId) {
        assertThat(Peer.resolve(telephonySessionId, sessionId, partyId, "s-a")).isNull();
    }

    @Test
    void shouldOrderReferencesByPartyFirst() {
        PartyRef session = new PartyRef("s-z", null);
        PartyRef first = new PartyRef("s-y", "p-1");
        PartyRef second = new PartyRef("s-x", "p-2");

        assertThat(session).isLessThan(first);
        assertThat(first).isLessThan(second);
    }
}
