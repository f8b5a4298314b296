package io.callweave.simulation.phonecall;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.simulation.platform.Notification;
import io.callweave.testcalls.CallDomain;
import io.callweave.testcalls.PhoneCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;

/** Properties of every call, for any script. */
@Domain(CallDomain.class)
class PhoneCallPropertiesTest {

    private static final Set<String> MUTUAL_REASONS = Set.of("AttendedTransfer", "Conference", "Pickup");

    @Property(tries = 300)
    void shouldNumberTheEventsOfEachSessionFromTwoWithoutGaps(@ForAll PhoneCall call) {
        Map<String, TreeSet<Long>> sequences = new HashMap<>();
        for (Notification notification : call.notifications()) {
            sequences
                    .computeIfAbsent(notification.telephonySessionId(), id -> new TreeSet<>())
                    .add(notification.sequence());
        }

        long missing = sequences.values().stream()
                .mapToLong(seen -> seen.last() - 1 - seen.size())
                .sum();
        if (call.undelivered() == 0) {
            assertThat(sequences.keySet()).containsExactlyInAnyOrderElementsOf(call.telephonySessionIds());
            assertThat(sequences.values()).allMatch(seen -> seen.first() == 2);
            assertThat(missing).isZero();
        } else {
            assertThat(missing).isBetween(0L, (long) call.undelivered());
        }
    }

    @Property(tries = 300)
    void shouldGiveEachNotificationOnePartyOfItsSession(@ForAll PhoneCall call) {
        assertThat(call.notifications()).allSatisfy(notification -> {
            JsonNode body = notification.tree().path("body");
            assertThat(body.path("parties")).hasSize(1);
            assertThat(body.path("telephonySessionId").asText()).matches("s-[0-9a-f]{32}");
            assertThat(notification.party().path("id").asText())
                    .matches("p-" + notification.telephonySessionId().substring(2) + "-[1-9]\\d*");
        });
    }

    @Property(tries = 300)
    void shouldUseTheUriOfTheExtensionIfThePartyHasOne(@ForAll PhoneCall call) {
        assertThat(call.notifications()).allSatisfy(notification -> {
            JsonNode extension = notification.party().path("extensionId");
            String account = "/restapi/v1.0/account/" + notification.account();
            assertThat(notification.tree().path("event").asText())
                    .isEqualTo(
                            extension.isMissingNode()
                                    ? account + "/telephony/sessions"
                                    : account + "/extension/" + extension.asText() + "/telephony/sessions");
        });
    }

    @Property(tries = 300)
    void shouldGiveEachAccountOnlyItsOwnParties(@ForAll PhoneCall call) {
        assertThat(call.notifications())
                .allSatisfy(notification -> assertThat(
                                notification.party().path("accountId").asText(notification.account()))
                        .isEqualTo(notification.account()));
    }

    @Property(tries = 300)
    void shouldHappenAfterTheStartAndBeSentAMomentLater(@ForAll PhoneCall call) {
        assertThat(call.notifications()).allSatisfy(notification -> {
            assertThat(notification.eventTime()).isAfterOrEqualTo(call.startTime());
            assertThat(Duration.between(notification.eventTime(), notification.sentAt()))
                    .isBetween(Duration.ofMillis(20), Duration.ofMillis(120));
            assertThat(Instant.parse(notification.tree().path("timestamp").asText()))
                    .isEqualTo(notification.sentAt());
        });
    }

    @Property(tries = 300)
    void shouldSendTheEventsOfASessionInTheOrderInWhichTheyHappen(@ForAll PhoneCall call) {
        for (List<Notification> session : bySession(call.notifications())) {
            assertThat(session).extracting(Notification::sequence).isSorted();
            assertThat(session).extracting(Notification::eventTime).isSorted();
        }
    }

    @Property(tries = 300)
    void shouldGiveEachNotificationAnIdOfItsOwn(@ForAll PhoneCalls calls) {
        List<String> uuids = calls.calls().stream()
                .flatMap(call -> call.notifications().stream())
                .map(notification -> notification.tree().path("uuid").asText())
                .toList();

        assertThat(uuids).doesNotHaveDuplicates();
    }

    @Property(tries = 300)
    void shouldLetThePartiesOfACrossCallNameEachOther(@ForAll PhoneCall call) {
        Set<String> crossed = new HashSet<>();
        for (Notification notification : call.notifications()) {
            JsonNode status = notification.party().path("status");
            if (status.has("peerId")
                    && MUTUAL_REASONS.contains(status.path("reason").asText())) {
                crossed.add(notification.party().path("id").asText());
            }
        }

        assertThat(Peers.mutual(call).stream().flatMap(Collection::stream).collect(Collectors.toSet()))
                .containsAll(crossed);
    }

    @Property(tries = 300)
    void shouldEndEveryParty(@ForAll PhoneCall call) {
        Map<String, String> last = new TreeMap<>();
        for (Notification notification : call.notifications()) {
            JsonNode party = notification.party();
            last.put(party.path("id").asText(), party.at("/status/code").asText());
        }

        assertThat(last.values()).isSubsetOf("Disconnected", "Gone");
    }

    private static Collection<List<Notification>> bySession(List<Notification> notifications) {
        return notifications.stream()
                .collect(Collectors.groupingBy(one -> one.account() + one.telephonySessionId()))
                .values();
    }
}
