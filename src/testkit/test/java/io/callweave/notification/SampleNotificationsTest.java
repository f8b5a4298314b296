package io.callweave.notification;

import static io.callweave.notification.TestNotification.notification;
import static io.callweave.notification.TestNotification.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.callweave.TestJson;
import io.callweave.call.event.Address;
import io.callweave.call.event.PartyEvent;
import io.callweave.call.event.PartyFacts;
import io.callweave.call.event.Peer;
import io.callweave.call.event.SessionKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SampleNotificationsTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final NotificationReader reader = new NotificationReader();

    @Test
    void shouldReadEveryRealNotification() {
        assertThat(Samples.real()).hasSize(41).allSatisfy(value -> {
            ParseResult reading = reader.read(value);
            assertThat(reading.rejection()).isNull();
            assertThat(reading.events()).hasSize(1);
            assertThat(reading.known().timestamp()).isNotNull();
        });
    }

    @Test
    void shouldKeepTheExactTextOfEveryRealParty() throws IOException {
        for (byte[] value : Samples.real()) {
            JsonNode root = JSON.readTree(value);
            JsonNode body = (root.has("pn_apns") ? root.get("pn_apns") : root).get("body");

            String party = reader.read(value).events().get(0).body().partyText();

            assertThat(string(value)).contains(party);
            assertThat(JSON.readTree(party)).isEqualTo(body.get("parties").get(0));
        }
    }

    @Property(tries = 200)
    void shouldReadTheSameFactsInAnyOrderOfMembers(@ForAll Random random) {
        Scrambler scrambler = new Scrambler(random);

        assertThat(Samples.real()).allSatisfy(value -> {
            ParseResult scrambled = reader.read(utf8(scrambler.scramble(TestJson.tree(string(value)))));
            ParseResult plain = reader.read(value);
            assertThat(scrambled.known()).isEqualTo(plain.known());
            assertThat(facts(scrambled)).isEqualTo(facts(plain));
        });
    }

    private static List<PartyFacts> facts(ParseResult reading) {
        return reading.events().stream().map(PartyEvent::facts).toList();
    }

    @Test
    void shouldReadAnOldEnvelopeWithTheAccountInItsEvent() {
        PartyEvent event = only("real/apidocs-pn_apns-2018.ndjson", 1);

        assertThat(event.session())
                .isEqualTo(new SessionKey("400144452008", "Y3MxNzE4NDE5MDM0MzQwMTgzODRAMTAuNjIuMjUuMTEx"));
        assertThat(event.partyId()).isEqualTo("cs171841903434018384-2");
        assertThat(event.facts().queueCall()).isTrue();
    }

    @Test
    void shouldReadAnOldFlatBody() {
        PartyEvent event = only("real/jswidgets-inbound-proceeding-2018.ndjson", 0);

        assertThat(event.session().accountId()).isEqualTo("400144452008");
        assertThat(event.facts().accountId()).isNull();
        assertThat(event.facts().status()).isEqualTo("Proceeding");
    }

    @Test
    void shouldReadAQueueMembersAnswer() {
        PartyEvent event = only("real/queue-answered-2026.ndjson", 0);

        assertThat(event.session()).isEqualTo(new SessionKey("62948571023", "s-a785c4a03ca73z19e89ea934az3e86a110000"));
        assertThat(event.facts().extensionId()).isEqualTo("584528022");
        assertThat(event.facts().to()).isEqualTo(new Address("+15550100015", "Queue 2", "63298993023", null));
        assertThat(event.facts().queueCall()).isTrue();
        assertThat(event.facts().missedCall()).isFalse();
        assertThat(event.facts().muted()).isNull();
    }

    @Test
    void shouldReadAPartyOfAnOutsideCaller() {
        PartyEvent event = only("real/csn-pstn-to-rc-ivr.ndjson", 0);

        assertThat(event.sequence()).isEqualTo(2);
        assertThat(event.facts().accountId()).isEqualTo("809646016");
        assertThat(event.facts().extensionId()).isNull();
        assertThat(event.facts().from()).isEqualTo(new Address("+15550100002", null, null, null));
    }

    @Test
    void shouldFindBothEndsOfAWarmTransfer() {
        List<PartyEvent> events = inEnvelopes(Samples.lines("parties-only/pacovu-attended-transfer-2021.ndjson"));

        assertThat(events)
                .extracting(event -> event.facts().peer())
                .containsExactly(
                        new Peer(
                                "s-a897760797304a07a34dccf6a0539806",
                                "692172502016",
                                "p-a897760797304a07a34dccf6a0539806-1"),
                        new Peer(
                                "s-911c7d93d5ea455094bed12c90866263",
                                "692172473016",
                                "p-911c7d93d5ea455094bed12c90866263-2"));
    }

    @Test
    void shouldFindThePeerInPartiesOfTheRestApi() {
        List<PartyEvent> events = inEnvelopes(Samples.lines("parties-only/callcontroljs-party-responses.ndjson"));

        assertThat(events).hasSize(5);
        assertThat(Objects.requireNonNull(events.get(0).facts().peer()).telephonySessionId())
                .isEqualTo("s-a4a0d812557c5z1803a3eee14z97f6290000");
    }

    @Test
    void shouldNotUseAStatusWithoutAParty() {
        String fragment = Samples.lines("parties-only/forum-conference-status-2023.ndjson")
                .get(0);

        ParseResult reading = reader.read(notification().parties(fragment).bytes());

        assertThat(reading.rejection())
                .isEqualTo(new Rejection(
                        RejectReason.BAD_PARTY, "body.parties[0] has no id; 1 of 1 parties cannot be used."));
    }

    @Test
    void shouldReadThePartiesOfAConference() {
        JsonNode conference = TestJson.tree(
                Samples.lines("session-status/jswidgets-conference.ndjson").get(0));

        List<PartyEvent> events = reader.read(notification()
                        .body("parties", conference.get("parties").toString())
                        .bytes())
                .events();

        assertThat(events).hasSize(conference.get("parties").size());
        assertThat(events.get(0).facts().conferenceRole()).isEqualTo("Host");
        assertThat(events.get(1).facts().conferenceRole()).isEqualTo("Participant");
    }

    @Test
    void shouldReadBothPartiesOfARingOut() {
        JsonNode ringOut = TestJson.tree(
                Samples.lines("session-status/ringout-2024.ndjson").get(0));

        List<PartyEvent> events = reader.read(notification()
                        .body("parties", ringOut.get("parties").toString())
                        .bytes())
                .events();

        assertThat(events).extracting(event -> event.facts().ringOutRole()).containsExactly("Initiator", "Target");
    }

    private PartyEvent only(String file, int line) {
        return reader.read(utf8(Samples.lines(file).get(line))).events().get(0);
    }

    private List<PartyEvent> inEnvelopes(List<String> parties) {
        return reader.read(
                        notification().parties(parties.toArray(String[]::new)).bytes())
                .events();
    }

    private static String string(byte[] value) {
        return new String(value, StandardCharsets.UTF_8);
    }
}
