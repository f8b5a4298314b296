package io.callweave.topology.calls;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.delivery.Delivery;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.topology.TopologyKit;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whole calls: each is emitted once, as soon as it is over beyond doubt. */
class EmittedCallsTest {

    private static final String CUSTOMER = "+15550100002";
    private static final PhoneCall CALL = call().inbound(CUSTOMER)
            .ivr("Main menu")
            .answeredBy("104")
            .after(7, SECONDS)
            .onHold(5, SECONDS)
            .hangUp();

    private final TopologyKit kit = new TopologyKit();

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void shouldEmitAWholeCallAtOnceWithItsLastNotification() {
        List<Notification> sent = CALL.notifications();
        kit.receive(allButTheLast());
        assertThat(kit.emitted()).isEmpty();

        kit.receive(sent.get(sent.size() - 1));

        List<TopologyKit.Emission> emitted = kit.emitted();
        assertThat(emitted).hasSize(1);
        assertThat(emitted.get(0).key()).isEqualTo(key(CALL));
        assertThat(emitted.get(0).json().replace("\"epoch\":" + TopologyKit.WALL.toEpochMilli(), "\"epoch\":0"))
                .isEqualTo(AssembledCalls.of(sent).get(key(CALL)));
        assertThat(emitted.get(0).revision()).isEqualTo(1);
        assertThat(emitted.get(0).status()).isEqualTo("complete");
    }

    @Test
    void shouldEmitACallOnce() {
        kit.receive(CALL).passUntilNothingWaits().passUntilNothingWaits();

        assertThat(kit.emitted()).hasSize(1);
    }

    @Test
    void shouldTellInTheHeadersHowARecordCameToBe() {
        CALL.notifications().forEach(notification -> kit.receive(notification).pass(Duration.ofSeconds(1)));

        TopologyKit.Emission emission = kit.emitted().get(0);
        assertThat(emission.headers())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        "account",
                        "809646016",
                        "schemaVersion",
                        "1",
                        "completionReason",
                        "over",
                        "lastReceivedAt",
                        TopologyKit.time(kit.now().minus(Duration.ofSeconds(1))),
                        "epoch",
                        Long.toString(TopologyKit.WALL.toEpochMilli())));
        assertThat(emission.timestamp()).isEqualTo(kit.wall().minus(Duration.ofSeconds(1)));
    }

    @Test
    void shouldEmitTheSameRecordInWhateverOrderTheNotificationsCome() {
        List<Notification> shuffled = new ArrayList<>(CALL.notifications());
        Collections.shuffle(shuffled, new Random(7));

        kit.receive(shuffled).passUntilNothingWaits();

        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.of(CALL.notifications()));
    }

    @Test
    void shouldTakeNoNoticeOfDuplicatesAndCopies() {
        Delivery twice = Delivery.of(CALL).duplicated(1).withExtensionCopies(1);
        assertThat(twice.lines()).hasSizeGreaterThan(CALL.lines().size() * 2);

        kit.receive(twice.notifications()).receive(twice.notifications()).passUntilNothingWaits();

        assertThat(kit.summaries()).containsExactly(key(CALL) + " 1 complete over");
        assertThat(kit.deadLetters()).isEmpty();
    }

    @Test
    void shouldNotLetADuplicateProlongAWait() {
        List<Notification> open =
                CALL.notifications().subList(0, CALL.notifications().size() - 1);
        kit.receive(open).pass(Duration.ofSeconds(59));

        kit.receive(open).pass(Duration.ofSeconds(1));

        assertThat(kit.summaries()).containsExactly(key(CALL) + " 1 partial openPartyWait");
    }

    @Test
    void shouldKeepTwoAccountsInOneSessionApart() {
        PhoneCall shared = call().alsoSeenBy(SimulatedAccount.SECOND)
                .inboundFrom(SimulatedAccount.SECOND.extension("201"))
                .answeredBy("104")
                .hangUp();
        String session = shared.telephonySessionIds().get(0);

        kit.receive(shared).passUntilNothingWaits();

        Map<String, String> records = kit.fold().records();
        assertThat(records)
                .containsOnlyKeys(
                        SimulatedAccount.FIRST.id() + "/" + session, SimulatedAccount.SECOND.id() + "/" + session)
                .isEqualTo(AssembledCalls.of(shared.notifications()));
        assertThat(partiesIn(records.get(SimulatedAccount.FIRST.id() + "/" + session)))
                .containsExactly(shared.partiesOf("104").get(0) + " of " + SimulatedAccount.FIRST.id());
        assertThat(records.get(SimulatedAccount.FIRST.id() + "/" + session))
                .doesNotContain(SimulatedAccount.SECOND.id());
        assertThat(records.get(SimulatedAccount.SECOND.id() + "/" + session))
                .doesNotContain(SimulatedAccount.FIRST.id());
    }

    @Test
    void shouldLetTheGreaterOfTwoBodiesCountWhicheverComesFirst() {
        List<Notification> byHash = sortedByHash(called("Anna"), called("Berta"));
        Notification smaller = byHash.get(0);
        Notification greater = byHash.get(1);
        List<Notification> rest = allButTheLast();

        for (List<Notification> order : List.of(
                List.of(smaller, greater),
                List.of(greater, smaller),
                List.of(smaller, greater, smaller),
                List.of(greater, smaller, greater))) {
            try (TopologyKit fresh = new TopologyKit()) {
                fresh.receive(order).receive(rest);

                assertThat(fresh.emitted())
                        .singleElement()
                        .satisfies(emission -> assertThat(emission.json())
                                .contains(caller(greater))
                                .doesNotContain(caller(smaller)));
            }
        }
    }

    @Test
    void shouldReviseACallForAGreaterBodyButNotForALesserOne() {
        List<Notification> byHash = sortedByHash(called("Anna"), called("Berta"));
        Notification smaller = byHash.get(0);
        Notification greater = byHash.get(1);
        kit.receive(allButTheLast()).receive(smaller);
        assertThat(kit.summaries()).containsExactly(key(CALL) + " 1 complete over");

        kit.receive(greater).receive(smaller).receive(greater).receive(smaller);

        assertThat(kit.emitted()).singleElement().satisfies(emission -> {
            assertThat(emission.summary()).isEqualTo(key(CALL) + " 2 complete revised");
            assertThat(emission.json()).contains(caller(greater)).doesNotContain(caller(smaller));
        });
    }

    private static List<Notification> allButTheLast() {
        return CALL.notifications().subList(0, CALL.notifications().size() - 1);
    }

    /** The last event of the call, with another name of the caller. */
    private static Notification called(String name) {
        List<Notification> sent = CALL.notifications();
        return TopologyKit.edited(
                sent.get(sent.size() - 1),
                tree -> TopologyKit.party(tree)
                        .putObject("from")
                        .put("phoneNumber", CUSTOMER)
                        .put("name", name));
    }

    private static String caller(Notification notification) {
        return notification.party().at("/from/name").asText();
    }

    /** By SHA-256 of the texts of party, eventTime, origin and sessionId, as an unsigned number. */
    private static List<Notification> sortedByHash(Notification... notifications) {
        return Arrays.stream(notifications)
                .sorted(Comparator.comparing(notification -> {
                    JsonNode body = notification.tree().path("body");
                    String texts = String.join(
                            "\0",
                            body.at("/parties/0").toString(),
                            body.path("eventTime").toString(),
                            body.path("origin").toString(),
                            body.path("sessionId").toString());
                    try {
                        return new BigInteger(
                                1, MessageDigest.getInstance("SHA-256").digest(texts.getBytes(StandardCharsets.UTF_8)));
                    } catch (NoSuchAlgorithmException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
    }

    private static List<String> partiesIn(String json) {
        List<String> parties = new ArrayList<>();
        TopologyKit.tree(json)
                .path("parties")
                .forEach(party -> parties.add(party.path("partyId").asText() + " of "
                        + party.path("accountId").asText()));
        return parties;
    }

    private static String key(PhoneCall call) {
        return call.account().id() + "/" + call.telephonySessionIds().get(0);
    }
}
