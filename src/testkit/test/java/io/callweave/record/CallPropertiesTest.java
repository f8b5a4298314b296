package io.callweave.record;

import static io.callweave.TestJson.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.callweave.call.calllog.Leg;
import io.callweave.call.event.PartyRef;
import io.callweave.call.record.CallRecord;
import io.callweave.call.record.CallTimes;
import io.callweave.call.record.Incomplete;
import io.callweave.call.record.PartyRecord;
import io.callweave.call.record.SessionRecord;
import io.callweave.call.session.Role;
import io.callweave.call.session.Segment;
import io.callweave.call.transfer.NumberSeen;
import io.callweave.simulation.delivery.Delivery;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.simulation.platform.SimulatedAccount;
import io.callweave.testcalls.Assembled;
import io.callweave.testcalls.CallDomain;
import io.callweave.testcalls.Chaos;
import io.callweave.testcalls.PhoneCalls;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.jspecify.annotations.Nullable;

/** What holds for the final records of any calls, and of events that are no calls at all. */
@Domain(CallDomain.class)
@Domain(DomainContext.Global.class)
class CallPropertiesTest {

    private static final Pattern PHONE_NUMBER = Pattern.compile("\"phoneNumber\" ?: ?\"([^\"]+)\"");

    // Delivery does not matter

    @Property(tries = 200)
    void shouldNotDependOnTheOrderOfArrival(@ForAll Chaos chaos, @ForAll long seed) {
        List<String> lines = lines(chaos);
        List<String> inOrder = Assembled.lines(lines);

        Collections.shuffle(lines, new Random(seed));

        assertThat(Assembled.lines(lines)).isEqualTo(inOrder);
    }

    @Property(tries = 200)
    void shouldNotDependOnHowCallsAreDelivered(@ForAll PhoneCalls calls, @ForAll long seed) {
        Delivery delivery = Delivery.of(calls.calls());
        List<String> once = Assembled.lines(delivery.lines());

        List<String> asInLife = delivery.seeded(seed)
                .withExtensionCopies(0.4)
                .duplicated(0.4)
                .late(Duration.ofMinutes(10))
                .lines();

        assertThat(Assembled.lines(asInLife)).isEqualTo(once);
    }

    @Property(tries = 200)
    void shouldNotDependOnDuplicates(@ForAll Chaos chaos, @ForAll long seed) {
        List<String> once = lines(chaos);
        List<String> often = new ArrayList<>(once);
        Random random = new Random(seed);
        for (int i = 0; i < once.size(); i++) {
            often.add(random.nextInt(often.size() + 1), once.get(random.nextInt(once.size())));
        }

        assertThat(Assembled.lines(often)).isEqualTo(Assembled.lines(once));
    }

    /** Two bridges, files or partitions see parts of a call: what counts is what they see together. */
    @Property(tries = 200)
    void shouldNotDependOnHowEventsAreSplit(@ForAll Chaos chaos, @ForAll long seed) {
        List<String> together = Assembled.lines(lines(chaos));

        List<Delivery> parts =
                Delivery.ofNotifications(chaos.notifications()).seeded(seed).split(2);
        List<String> oneAfterTheOther =
                parts.stream().flatMap(part -> part.lines().stream()).toList();

        assertThat(Assembled.lines(oneAfterTheOther)).isEqualTo(together);
    }

    // Transfers, numbers and legs

    @Property(tries = 200)
    void shouldHaveEveryNumberThatWasSent(@ForAll PhoneCalls calls) {
        Set<String> sent = new HashSet<>();
        for (String line : lines(calls)) {
            Matcher numbers = PHONE_NUMBER.matcher(line);
            while (numbers.find()) {
                sent.add(numbers.group(1));
            }
        }

        assertThat(Assembled.calls(lines(calls)).stream()
                        .flatMap(call -> call.graph().numbers().stream())
                        .map(NumberSeen::phoneNumber)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toSet()))
                .isEqualTo(sent);
    }

    @Property(tries = 200)
    void shouldHandOverBetweenItsOwnPartiesOnly(@ForAll Chaos chaos) {
        for (CallRecord call : Assembled.calls(lines(chaos))) {
            Set<PartyRef> parties =
                    call.parties().stream().map(PartyRecord::ref).collect(Collectors.toSet());

            assertThat(call.transfers()).allSatisfy(transfer -> {
                assertThat(parties)
                        .containsAll(Stream.of(transfer.from(), transfer.to())
                                .filter(Objects::nonNull)
                                .toList());
                assertThat(transfer.by()).isNotEqualTo(transfer.from()).isNotEqualTo(transfer.to());
                assertThat(transfer.time()).isGreaterThanOrEqualTo(call.times().startTime());
            });
        }
    }

    @Property(tries = 200)
    void shouldSeeNumbersOnceAndInOrder(@ForAll PhoneCalls calls) {
        for (CallRecord call : Assembled.calls(lines(calls))) {
            assertThat(call.graph().numbers())
                    .extracting(number -> List.of(
                            String.valueOf(number.phoneNumber()),
                            number.phoneNumber() == null ? String.valueOf(number.extensionId()) : ""))
                    .doesNotHaveDuplicates();
            assertThat(call.graph().numbers()).extracting(NumberSeen::firstSeen).isSorted();
            assertThat(call.graph().numbers().get(0).introducedBy()).isEqualTo(NumberSeen.IntroducedBy.START);
        }
    }

    @Property(tries = 200)
    void shouldHaveALegForEachPartyButBridgesAndSupervisorsWhoNeverGotThrough(@ForAll Chaos chaos) {
        for (CallRecord call : Assembled.calls(lines(chaos))) {
            assertThat(call.graph().legs())
                    .extracting(Leg::party)
                    .as("the master leg comes first, whoever it is")
                    .containsExactlyInAnyOrderElementsOf(call.parties().stream()
                            .filter(party -> party.role() != Role.BRIDGE)
                            .filter(party -> party.role() != Role.SUPERVISOR || party.answerTime() != null)
                            .map(PartyRecord::ref)
                            .toList());
        }
    }

    // Which session is whose

    @Property(tries = 200)
    void shouldPutEachSessionIntoExactlyOneCall(@ForAll Chaos chaos) {
        Set<List<String>> sent = sessionsOf(chaos.notifications());

        List<List<String>> found = Assembled.calls(lines(chaos)).stream()
                .flatMap(call -> call.sessions().stream()
                        .map(session -> List.of(call.accountId(), session.telephonySessionId())))
                .toList();

        assertThat(found).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(sent);
    }

    @Property(tries = 200)
    void shouldJoinTheSessionsThatAreOneCallAndNoOthers(@ForAll PhoneCalls calls) {
        List<Set<String>> expected = new ArrayList<>();
        for (PhoneCall call : calls.calls()) {
            for (String account : call.subscribers()) {
                Set<String> seen = call.notifications().stream()
                        .filter(notification -> notification.account().equals(account))
                        .map(Notification::telephonySessionId)
                        .collect(Collectors.toSet());
                call.sessionsByCall().stream()
                        .map(sessions ->
                                sessions.stream().filter(seen::contains).collect(Collectors.toSet()))
                        .filter(sessions -> !sessions.isEmpty())
                        .forEach(expected::add);
            }
        }

        List<Set<String>> joined = Assembled.calls(Delivery.of(calls.calls()).lines()).stream()
                .map(CallPropertiesTest::sessionIds)
                .toList();

        assertThat(joined).containsExactlyInAnyOrderElementsOf(expected);
    }

    /** Both accounts of chaos take part in the same sessions. */
    @Property(tries = 200)
    void shouldKeepTheAccountsOfOneSessionApart(@ForAll Chaos chaos) {
        List<String> together = Assembled.lines(lines(chaos));

        List<String> apart = Stream.of(SimulatedAccount.FIRST, SimulatedAccount.SECOND)
                .flatMap(account -> Assembled.lines(of(account, chaos)).stream())
                .toList();

        assertThat(together).containsExactlyInAnyOrderElementsOf(apart);
    }

    @Property(tries = 100)
    void shouldShowNothingOfOneAccountInTheRecordsOfAnother(@ForAll PhoneCalls calls) {
        List<JsonNode> records = Assembled.trees(Delivery.of(calls.calls()).lines());

        assertThat(records)
                .allSatisfy(call -> assertThat(call.path("parties"))
                        .allSatisfy(party -> assertThat(party.path("accountId")
                                        .asText(call.path("accountId").asText()))
                                .isEqualTo(call.path("accountId").asText())));
    }

    // Figures

    @Property(tries = 300)
    void shouldKeepItsFiguresWithinItsEventsEvenIfClocksRunBackwards(@ForAll Chaos chaos) {
        assertThat(Assembled.calls(lines(chaos))).allSatisfy(call -> {
            long latest = chaos.notifications().stream()
                    .filter(one -> one.account().equals(call.accountId())
                            && sessionIds(call).contains(one.telephonySessionId()))
                    .mapToLong(one -> one.eventTime().toEpochMilli())
                    .max()
                    .orElseThrow();
            assertWithin(latest - call.times().startTime(), call);
            assertThat(call.times().durationMs()).isNotNegative();
        });
    }

    @Property(tries = 200)
    void shouldKeepItsFiguresWithinItsSpan(@ForAll PhoneCalls calls) {
        assertThat(Assembled.calls(Delivery.of(calls.calls()).lines())).allSatisfy(call -> {
            CallTimes times = call.times();
            assertWithin(times.durationMs(), call);
            assertThat(times.talkMs() + Math.max(times.holdMs(), times.parkMs()))
                    .as("talk, and what nobody talks in")
                    .isLessThanOrEqualTo(times.durationMs());
        });
    }

    @Property(tries = 200)
    void shouldLineUpTheSegmentsOfAParty(@ForAll PhoneCalls calls) {
        List<PartyRecord> parties = parties(Delivery.of(calls.calls()).lines());

        assertThat(parties).allSatisfy(party -> {
            assertConsistent(party);
            List<Segment> segments = party.segments();
            assertThat(segments.get(0).startTime()).isEqualTo(party.startTime());
            for (int i = 1; i < segments.size(); i++) {
                assertThat(segments.get(i).startTime())
                        .isEqualTo(segments.get(i - 1).endTime());
            }
        });
    }

    @Property(tries = 200)
    void shouldKeepPartiesConsistentWhateverComes(@ForAll Chaos chaos) {
        assertThat(parties(lines(chaos))).allSatisfy(CallPropertiesTest::assertConsistent);
    }

    // Complete or not

    @Property(tries = 200)
    void shouldBeCompleteExactlyIfNothingIsIncomplete(@ForAll Chaos chaos) {
        assertThat(Assembled.calls(lines(chaos))).allSatisfy(call -> {
            assertThat(call.state() == CallRecord.State.COMPLETE)
                    .isEqualTo(call.incomplete().isEmpty());
            assertThat(call.incomplete().contains(Incomplete.MISSING_SESSION))
                    .isEqualTo(!call.missingSessions().isEmpty());
            assertThat(call.incomplete().contains(Incomplete.SEQUENCE_GAP))
                    .isEqualTo(call.sessions().stream()
                            .anyMatch(session -> !session.missing().isEmpty()));
            assertThat(call.incomplete().contains(Incomplete.NO_FINAL_STATUS))
                    .isEqualTo(call.parties().stream().anyMatch(party -> party.endTime() == null));
        });
    }

    @Property(tries = 200)
    void shouldBeCompleteIfEverythingWasDelivered(@ForAll PhoneCalls calls) {
        List<PhoneCall> whole = calls.calls().stream()
                .filter(call -> call.undelivered() == 0 && call.subscribers().size() == 1)
                .filter(call ->
                        call.truths().stream().noneMatch(truth -> truth.json().contains("unseenContinuation")))
                .toList();

        assertThat(Assembled.calls(Delivery.of(whole).lines()))
                .allSatisfy(call -> assertThat(call.incomplete()).isEmpty());
    }

    @Property(tries = 200)
    void shouldNotBeCompleteIfAnEventInsideASessionIsLost(@ForAll PhoneCall call, @ForAll long seed) {
        List<Notification> sent = call.notifications();
        Notification lost = sent.get(new Random(seed).nextInt(sent.size()));
        boolean last = sent.stream()
                .noneMatch(other -> other.telephonySessionId().equals(lost.telephonySessionId())
                        && other.account().equals(lost.account())
                        && other.sequence() > lost.sequence());

        List<CallRecord> records =
                Assembled.calls(Delivery.of(call).dropped(lost::equals).lines());

        assertThat(last || records.stream().anyMatch(record -> record.state() == CallRecord.State.PARTIAL))
                .isTrue();
    }

    // What the script says the call was

    @Property(tries = 200, shrinking = ShrinkingMode.BOUNDED)
    void shouldBeTheCallThatWasTold(@ForAll PhoneCall call) {
        String account = call.account().id();
        Set<String> sessions = call.sessionsByCall().get(0);

        CallRecord record = Assembled.calls(Delivery.of(call).lines()).stream()
                .filter(one ->
                        one.accountId().equals(account) && sessionIds(one).equals(sessions))
                .findFirst()
                .orElseThrow();

        assertThat(record.callId()).isEqualTo(call.telephonySessionIds().get(0));
        long first = call.notifications().stream()
                .filter(one -> one.account().equals(account))
                .mapToLong(one -> one.eventTime().toEpochMilli())
                .min()
                .orElseThrow();
        assertThat(record.times().startTime()).isEqualTo(first);
        assertThat(record.times().answerTime()).isEqualTo(answerTime(call, record));
        boolean nobodyElseIsHeardOf =
                call.sessionsByCall().size() == 1 && call.subscribers().size() == 1;
        assertThat(record.times().endTime())
                .isLessThanOrEqualTo(call.endTime().toEpochMilli())
                .matches(
                        end -> !nobodyElseIsHeardOf || end == call.endTime().toEpochMilli(), "is when the script ends");
    }

    /** By the truth, since the own party of a queue that nobody is rung in cannot be told from a person. */
    private static @Nullable Long answerTime(PhoneCall call, CallRecord record) {
        String truth = call.truths().stream()
                .filter(one -> one.accountId().equals(record.accountId())
                        && one.callId().equals(record.callId()))
                .findFirst()
                .orElseThrow()
                .json();
        JsonNode time = tree(truth).path("answerTime");
        return time.isNull() ? null : Long.valueOf(Instant.parse(time.asText()).toEpochMilli());
    }

    private static void assertWithin(long span, CallRecord call) {
        assertThat(call.times().talkMs()).as("talkMs").isBetween(0L, span);
        assertThat(call.times().holdMs()).as("holdMs").isBetween(0L, span);
        assertThat(call.times().parkMs()).as("parkMs").isBetween(0L, span);
        if (call.times().ringMs() != null) {
            assertThat(call.times().ringMs()).as("ringMs").isBetween(0L, span);
        }
        if (call.times().answerTime() != null) {
            assertThat(call.times().timeToAnswerMs()).as("timeToAnswerMs").isNotNegative();
        }
    }

    private static void assertConsistent(PartyRecord party) {
        assertThat(party.segments()).isNotEmpty().allMatch(segment -> segment.durationMs() >= 0);
        assertThat(party.setupMs()).isEqualTo(sum(party, "Setup"));
        assertThat(party.talkMs()).isEqualTo(sum(party, "Answered"));
        assertThat(party.holdMs()).isEqualTo(sum(party, "Hold"));
        assertThat(party.parkMs()).isEqualTo(sum(party, "Parked"));
        assertThat(party.ringMs() != null)
                .isEqualTo(party.segments().stream()
                        .anyMatch(segment -> segment.status().equals("Proceeding")));
        assertThat(party.endTime() == null).isEqualTo(party.endStatus() == null);
        for (int i = 1; i < party.segments().size(); i++) {
            assertThat(party.segments().get(i).status())
                    .isNotEqualTo(party.segments().get(i - 1).status());
        }
    }

    private static long sum(PartyRecord party, String status) {
        return party.segments().stream()
                .filter(segment -> segment.status().equals(status))
                .mapToLong(Segment::durationMs)
                .sum();
    }

    private static List<PartyRecord> parties(Collection<String> lines) {
        return Assembled.calls(lines).stream()
                .flatMap(call -> call.parties().stream())
                .toList();
    }

    private static Set<String> sessionIds(CallRecord call) {
        return call.sessions().stream().map(SessionRecord::telephonySessionId).collect(Collectors.toSet());
    }

    private static Set<List<String>> sessionsOf(Collection<Notification> notifications) {
        Set<List<String>> sessions = new HashSet<>();
        notifications.forEach(one -> sessions.add(List.of(one.account(), one.telephonySessionId())));
        return sessions;
    }

    private static List<String> lines(PhoneCalls calls) {
        return Delivery.of(calls.calls()).lines();
    }

    private static List<String> lines(Chaos chaos) {
        return chaos.notifications().stream().map(Notification::json).collect(Collectors.toList());
    }

    private static List<String> of(SimulatedAccount account, Chaos chaos) {
        return chaos.notifications().stream()
                .filter(one -> one.account().equals(account.id()))
                .map(Notification::json)
                .toList();
    }
}
