package io.callweave.topology;

import static io.callweave.simulation.PhoneCall.call;
import static java.time.temporal.ChronoUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.simulation.Account;
import io.callweave.simulation.Delivery;
import io.callweave.simulation.Notification;
import io.callweave.simulation.PhoneCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
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
        assertThat(emitted.get(0).json()).isEqualTo(AssembledCalls.of(sent).get(key(CALL)));
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
        PhoneCall shared = call().alsoSeenBy(Account.SECOND)
                .inboundFrom(Account.SECOND.extension("201"))
                .answeredBy("104")
                .hangUp();
        String session = shared.telephonySessionIds().get(0);

        kit.receive(shared).passUntilNothingWaits();

        Map<String, String> records = kit.fold().records();
        assertThat(records)
                .containsOnlyKeys(Account.FIRST.id() + "/" + session, Account.SECOND.id() + "/" + session)
                .isEqualTo(AssembledCalls.of(shared.notifications()));
        assertThat(partiesIn(records.get(Account.FIRST.id() + "/" + session)))
                .containsExactly(shared.partiesOf("104").get(0) + " of " + Account.FIRST.id());
        assertThat(records.get(Account.FIRST.id() + "/" + session)).doesNotContain(Account.SECOND.id());
        assertThat(records.get(Account.SECOND.id() + "/" + session)).doesNotContain(Account.FIRST.id());
    }

    @Test
    void shouldLetTheGreaterOfTwoBodiesCountWhicheverComesFirst() {
        Notification smaller = called("Anna");
        Notification greater = called("Berta");
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
                        .satisfies(emission ->
                                assertThat(emission.json()).contains("Berta").doesNotContain("Anna"));
            }
        }
    }

    @Test
    void shouldReviseACallForAGreaterBodyButNotForALesserOne() {
        Notification smaller = called("Anna");
        Notification greater = called("Berta");
        kit.receive(allButTheLast()).receive(smaller);
        assertThat(kit.summaries()).containsExactly(key(CALL) + " 1 complete over");

        kit.receive(greater).receive(smaller).receive(greater).receive(smaller);

        assertThat(kit.emitted()).singleElement().satisfies(emission -> {
            assertThat(emission.summary()).isEqualTo(key(CALL) + " 2 complete revised");
            assertThat(emission.json()).contains("Berta").doesNotContain("Anna");
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

    private static List<String> partiesIn(String json) {
        List<String> parties = new ArrayList<>();
        TopologyKit.tree(json)
                .path("parties")
                .forEach(party -> parties.add(party.path("id").asText() + " of "
                        + party.path("accountId").asText()));
        return parties;
    }

    private static String key(PhoneCall call) {
        return call.account().id() + "/" + call.telephonySessionIds().get(0);
    }
}
