package io.callweave.metrics;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.over;
import static io.callweave.call.TestSessions.record;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.callweave.call.TestEvent;
import io.callweave.call.event.Address;
import io.callweave.call.record.CallRecord;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What one finished call adds to the windows of its account, extensions, queues and numbers. */
class CallMeasuresTest {

    private static final Address SALES = new Address("+15550100900", "Sales", "900", null);
    private static final TestEvent CUSTOMER = outbound(1).from("+15550100001");
    private static final TestEvent AGENT = inbound(2).extension("102");
    private static final TestEvent SALES_AGENT = AGENT.to(SALES).queueCall(true);
    private static final TestEvent COLLEAGUE = inbound(3).extension("103");
    private static final TestEvent USER = outbound(1).extension("101");

    private static final CallRecord ANSWERED = record(
            CUSTOMER.is("Setup").at(0),
            AGENT.is("Proceeding").at(4_000),
            COLLEAGUE.is("Proceeding").at(5_000),
            AGENT.is("Answered").at(20_000),
            COLLEAGUE.is("Disconnected").at(20_000),
            AGENT.is("Hold").at(30_000),
            AGENT.is("Disconnected").at(33_000),
            CUSTOMER.is("Disconnected").at(33_000));

    private static final TestEvent SUPPORT_AGENT =
            COLLEAGUE.to(new Address("+15550100901", "Support", "901", null)).queueCall(true);
    private static final CallRecord ANSWERED_BY_TWO_QUEUES = record(
            CUSTOMER.is("Setup").at(0),
            SALES_AGENT.is("Proceeding").at(60_000),
            SALES_AGENT.is("Answered").at(70_000),
            SALES_AGENT.is("Disconnected").because("BlindTransfer").at(80_000),
            SUPPORT_AGENT.is("Proceeding").at(80_001),
            SUPPORT_AGENT.is("Answered").at(82_000),
            SUPPORT_AGENT.is("Disconnected").at(90_000),
            CUSTOMER.is("Disconnected").at(90_000));

    private static final WindowRules WITH_NUMBERS =
            WindowRules.DEFAULT.with(Map.of(Scope.NUMBER, Set.of(WindowSize.P1D)));

    // Outcomes of the whole call

    @Test
    void shouldCountAnAnsweredInboundCallWithinTheServiceLevel() {
        assertThat(ofNumber(ANSWERED).counts())
                .containsExactlyInAnyOrder(
                        Count.CALLS, Count.ANSWERED, Count.INBOUND, Count.COUNTED, Count.ANSWERED_WITHIN);
        assertThat(ofNumber(ANSWERED).values())
                .isEqualTo(Map.of(
                        Figure.RING, 16_000L,
                        Figure.TALK, 10_000L,
                        Figure.HOLD, 3_000L,
                        Figure.HANDLE, 13_000L,
                        Figure.TIME_TO_ANSWER, 20_000L,
                        Figure.DURATION, 33_000L));
    }

    @Test
    void shouldNotCountALaterAnswerAsWithinTheServiceLevel() {
        CallRecord call = record(
                over(30_000, CUSTOMER.is("Setup").at(0), AGENT.is("Answered").at(20_001)));

        assertThat(ofNumber(call).counts())
                .containsExactlyInAnyOrder(Count.CALLS, Count.ANSWERED, Count.INBOUND, Count.COUNTED);
    }

    @Test
    void shouldCountAMissedCallAndAnAbandonedOne() {
        CallRecord missed = record(
                over(900, CUSTOMER.is("Setup").at(0), AGENT.is("Proceeding").at(100)));
        CallRecord abandoned = record(over(
                900, CUSTOMER.is("Setup").at(0), SALES_AGENT.is("Proceeding").at(100)));

        assertThat(ofNumber(missed).counts())
                .containsExactlyInAnyOrder(Count.CALLS, Count.MISSED, Count.INBOUND, Count.COUNTED);
        assertThat(ofNumber(missed).values()).doesNotContainKeys(Figure.TIME_TO_ANSWER, Figure.HANDLE);
        assertThat(ofNumber(abandoned).counts())
                .containsExactlyInAnyOrder(Count.CALLS, Count.ABANDONED, Count.INBOUND, Count.COUNTED);
    }

    @Test
    void shouldCountVoicemailAndFaxWithoutTheServiceLevel() {
        CallRecord voicemail = record(over(
                1_900,
                CUSTOMER.is("Setup").at(0),
                AGENT.is("Proceeding").at(100),
                AGENT.is("Voicemail").at(900)));
        CallRecord fax = record(
                over(1_900, CUSTOMER.is("Setup").at(0), AGENT.is("FaxReceive").at(100)));

        assertThat(ofAccount(voicemail).counts())
                .containsExactlyInAnyOrder(Count.CALLS, Count.VOICEMAIL, Count.INBOUND);
        assertThat(ofAccount(fax).counts()).containsExactlyInAnyOrder(Count.CALLS, Count.FAX, Count.INBOUND);
        assertThat(of(fax, Scope.EXTENSION, "102").counts())
                .containsExactlyInAnyOrder(Count.CALLS, Count.FAX, Count.INBOUND);
    }

    @Test
    void shouldCountAnOutboundCallWithoutTheServiceLevel() {
        TestEvent outside = inbound(2).to("+15550100002");
        CallRecord answered =
                record(over(900, USER.is("Setup").at(0), outside.is("Answered").at(100)));
        CallRecord unanswered = record(
                over(900, USER.is("Setup").at(0), outside.is("Proceeding").at(100)));

        assertThat(ofAccount(answered).counts()).containsExactlyInAnyOrder(Count.CALLS, Count.ANSWERED, Count.OUTBOUND);
        assertThat(ofAccount(unanswered).counts())
                .containsExactlyInAnyOrder(Count.CALLS, Count.UNANSWERED, Count.OUTBOUND);
    }

    @Test
    void shouldCountAnInternalCallOnlyAsInternalAndWithTheServiceLevel() {
        CallRecord answered =
                record(over(900, USER.is("Setup").at(0), AGENT.is("Answered").at(100)));
        CallRecord abandoned = record(
                over(900, USER.is("Setup").at(0), SALES_AGENT.is("Proceeding").at(100)));

        assertThat(of(answered, Scope.EXTENSION, "102").counts())
                .containsExactlyInAnyOrder(
                        Count.CALLS, Count.ANSWERED, Count.INTERNAL, Count.COUNTED, Count.ANSWERED_WITHIN);
        assertThat(ofAccount(abandoned).counts())
                .containsExactlyInAnyOrder(Count.CALLS, Count.ABANDONED, Count.INTERNAL, Count.COUNTED);
    }

    @Test
    void shouldCountTransferredAndPartialCalls() {
        CallRecord call = record(
                CUSTOMER.is("Setup").at(0),
                AGENT.is("Answered").at(100),
                AGENT.is("Disconnected").because("BlindTransfer").at(900),
                COLLEAGUE.is("Proceeding").at(901));

        assertThat(ofAccount(call).counts()).contains(Count.TRANSFERRED, Count.PARTIAL);
        assertThat(ofAccount(ANSWERED).counts()).doesNotContain(Count.TRANSFERRED, Count.PARTIAL);
    }

    @Test
    void shouldNotCountACallInWhichASupervisorOnlyListens() {
        CallRecord call = record(USER.is("Answered").because("Supervising").at(0));

        assertThat(CountedCall.of(call, WindowRules.DEFAULT).shares()).isEmpty();
    }

    /** {@code printf 's-1|2|3' | sha256sum} */
    @Test
    void shouldCountItsRecordAlone() {
        CallRecord call = record(USER.is("Answered").because("Supervising").at(0));

        Map<WindowKey, Measures> windows =
                CountedCall.of(call, WindowRules.DEFAULT).windows(TestEvent.ACCOUNT);

        assertThat(windows.keySet()).extracting(WindowKey::size).containsExactly(WindowSize.PT1H);
        assertThat(windows.values()).extracting(Measures::counts).containsExactly(Set.of(Count.RECORDS));
        assertThat(RecordDigest.text(RecordDigest.of("s-1", 2, 3))).isEqualTo("c0ef6b15a47af91e");
    }

    @Test
    void shouldBecomePartialWithoutAnyOtherChange() {
        CountedCall call = CountedCall.of(ANSWERED, WindowRules.DEFAULT);

        assertThat(call.asPartial("s-1", 0, 2).shares())
                .hasSameSizeAs(call.shares())
                .allSatisfy(share -> {
                    assertThat(share.measures().counts()).contains(Count.PARTIAL);
                    assertThat(share.measures().values())
                            .isEqualTo(
                                    of(ANSWERED, share.scope(), share.scopeId()).values());
                });
    }

    // Extensions

    @Test
    void shouldCountAnExtensionByItsOwnPhones() {
        assertThat(of(ANSWERED, Scope.EXTENSION, "102").counts())
                .containsExactlyInAnyOrder(
                        Count.CALLS, Count.ANSWERED, Count.INBOUND, Count.COUNTED, Count.ANSWERED_WITHIN);
        assertThat(of(ANSWERED, Scope.EXTENSION, "102").values())
                .containsEntry(Figure.RING, 16_000L)
                .containsEntry(Figure.TALK, 10_000L)
                .containsEntry(Figure.HOLD, 3_000L)
                .containsEntry(Figure.TIME_TO_ANSWER, 16_000L);
        assertThat(of(ANSWERED, Scope.EXTENSION, "103").counts())
                .containsExactlyInAnyOrder(Count.CALLS, Count.ANSWERED_ELSEWHERE, Count.INBOUND);
        assertThat(of(ANSWERED, Scope.EXTENSION, "103").values())
                .containsEntry(Figure.RING, 15_000L)
                .containsEntry(Figure.TALK, 0L)
                .doesNotContainKey(Figure.TIME_TO_ANSWER);
    }

    @Test
    void shouldMeasureAnExtensionFromItsPhoneThatAnsweredFirst() {
        TestEvent secondPhone = inbound(3).extension("102");
        CallRecord call = record(over(
                9_000,
                CUSTOMER.is("Setup").at(0),
                AGENT.is("Proceeding").at(1_000),
                secondPhone.is("Proceeding").at(2_000),
                secondPhone.is("Answered").at(5_000),
                AGENT.is("Answered").at(6_000)));

        assertThat(of(call, Scope.EXTENSION, "102").values())
                .containsEntry(Figure.TIME_TO_ANSWER, 3_000L)
                .containsEntry(Figure.RING, 8_000L)
                .containsEntry(Figure.TALK, 7_000L);
    }

    @Test
    void shouldCountTheCallerOfAnAnsweredCallAsAnsweredIfItWasConnected() {
        TestEvent outside = inbound(2).to("+15550100002");
        CallRecord connected = record(over(
                900,
                USER.is("Setup").at(0),
                USER.is("Answered").at(90),
                outside.is("Answered").at(100)));
        CallRecord neverConnected =
                record(over(900, USER.is("Setup").at(0), outside.is("Answered").at(100)));

        assertThat(of(connected, Scope.EXTENSION, "101").counts()).contains(Count.ANSWERED);
        assertThat(of(connected, Scope.EXTENSION, "101").values()).doesNotContainKey(Figure.TIME_TO_ANSWER);
        assertThat(of(neverConnected, Scope.EXTENSION, "101").counts()).contains(Count.ANSWERED_ELSEWHERE);
    }

    @Test
    void shouldCountTheInitiatorOfAnAnsweredRingOutAsAnswered() {
        TestEvent initiator = inbound(1).extension("101").origin("RingOut").ringOutRole("Initiator");
        TestEvent target = inbound(2).origin("RingOut").ringOutRole("Target");
        CallRecord answered = record(
                over(900, initiator.is("Answered").at(0), target.is("Answered").at(100)));
        CallRecord unanswered = record(over(
                900, initiator.is("Answered").at(0), target.is("Proceeding").at(100)));

        assertThat(of(answered, Scope.EXTENSION, "101").counts()).contains(Count.ANSWERED);
        assertThat(of(unanswered, Scope.EXTENSION, "101").counts()).contains(Count.UNANSWERED);
    }

    @Test
    void shouldNotCountSupervisorsQueuesAndPartiesOfOtherAccountsAsExtensions() {
        CallRecord call = record(
                CUSTOMER.is("Setup").at(0),
                inbound(4)
                        .extension("900")
                        .to(SALES)
                        .queueCall(true)
                        .is("Setup")
                        .at(1),
                SALES_AGENT.is("Proceeding").at(100),
                inbound(5).extension("105").accountId("2").is("Proceeding").at(100),
                outbound(6)
                        .extension("106")
                        .is("Answered")
                        .because("Supervising")
                        .at(200),
                SALES_AGENT.is("Disconnected").at(900));

        assertThat(CountedCall.of(call, WindowRules.DEFAULT).shares())
                .filteredOn(share -> share.scope() == Scope.EXTENSION)
                .extracting(Share::scopeId)
                .containsExactly("102");
    }

    @Test
    void shouldCountADepartmentOnceForAllItsExtensions() {
        Departments departments = extension -> extension.equals("104") ? null : "Support";
        CountedCall call = CountedCall.of(ANSWERED, WindowRules.DEFAULT, departments);

        assertThat(call.shares())
                .filteredOn(share -> share.scope() == Scope.DEPARTMENT)
                .singleElement()
                .satisfies(share -> {
                    assertThat(share.scopeId()).isEqualTo("Support");
                    assertThat(share.measures().counts()).contains(Count.ANSWERED);
                    assertThat(share.measures().values()).containsEntry(Figure.RING, 31_000L);
                });
    }

    // Queues and numbers

    @Test
    void shouldCountAQueueByItsOutcomeAndItsOwnWait() {
        CallRecord call = record(over(
                90_000,
                CUSTOMER.is("Setup").at(0),
                SALES_AGENT.is("Proceeding").at(60_000),
                SALES_AGENT.is("Answered").at(70_000)));

        assertThat(of(call, Scope.QUEUE, "900").counts())
                .containsExactlyInAnyOrder(
                        Count.CALLS, Count.ANSWERED, Count.INBOUND, Count.COUNTED, Count.ANSWERED_WITHIN);
        assertThat(of(call, Scope.QUEUE, "900").values()).containsEntry(Figure.TIME_TO_ANSWER, 10_000L);
        assertThat(ofNumber(call).counts()).doesNotContain(Count.ANSWERED_WITHIN);
    }

    // The service level of an account

    @Test
    void shouldNotCountACallThatWasInNoQueueInTheServiceLevelOfTheAccount() {
        assertThat(ofAccount(ANSWERED).counts()).containsExactlyInAnyOrder(Count.CALLS, Count.ANSWERED, Count.INBOUND);
        assertThat(ofAccount(ANSWERED).values()).isEqualTo(ofNumber(ANSWERED).values());
    }

    /** The wait in the menu before a queue does not count, and a call that two queues have answered counts twice. */
    @Test
    void shouldCountEachVisitToAQueueInTheServiceLevelOfTheAccount() {
        Measures visits = ofAccount(ANSWERED_BY_TWO_QUEUES);

        assertThat(visits.times(Count.CALLS.number())).isEqualTo(1);
        assertThat(visits.times(Count.COUNTED.number())).isEqualTo(2);
        assertThat(visits.times(Count.ANSWERED_WITHIN.number())).isEqualTo(2);
    }

    @Test
    void shouldCountEachVisitByTheSettingsOfItsQueue() {
        ServiceLevels levels = ServiceLevels.of(
                Duration.ofSeconds(20),
                Duration.ofSeconds(30),
                Map.of(
                        TestEvent.ACCOUNT,
                        Map.of("900", Duration.ofSeconds(9)),
                        "2",
                        Map.of("901", Duration.ofMillis(1))),
                Map.of(TestEvent.ACCOUNT, Map.of("900", Duration.ofSeconds(5))));
        WindowRules rules = new WindowRules(WindowRules.DEFAULT.sizes(), ZoneOffset.UTC, Map.of(), levels);
        CallRecord abandoned = record(over(
                9_000, CUSTOMER.is("Setup").at(0), SALES_AGENT.is("Proceeding").at(100)));

        assertThat(of(ANSWERED_BY_TWO_QUEUES, rules, Scope.ACCOUNT, TestEvent.ACCOUNT)
                        .times(Count.ANSWERED_WITHIN.number()))
                .isEqualTo(1);
        assertThat(of(ANSWERED_BY_TWO_QUEUES, rules, Scope.QUEUE, "900").counts())
                .contains(Count.COUNTED)
                .doesNotContain(Count.ANSWERED_WITHIN);
        assertThat(of(ANSWERED_BY_TWO_QUEUES, rules, Scope.QUEUE, "901").counts())
                .contains(Count.COUNTED, Count.ANSWERED_WITHIN);
        assertThat(of(abandoned, rules, Scope.ACCOUNT, TestEvent.ACCOUNT).counts())
                .contains(Count.COUNTED);
        assertThat(of(abandoned, rules, Scope.EXTENSION, "102").counts()).doesNotContain(Count.COUNTED);
    }

    @Test
    void shouldHaveNoThresholdOfAnAccountWithAQueueThatHasAnother() {
        Duration usual = Duration.ofSeconds(20);
        WindowRules rules = new WindowRules(
                Map.of(),
                ZoneOffset.UTC,
                Map.of(),
                ServiceLevels.of(
                        usual,
                        Duration.ZERO,
                        Map.of("1", Map.of("900", Duration.ofSeconds(30)), "2", Map.of("900", usual)),
                        Map.of("3", Map.of("900", usual))));

        assertThat(rules.thresholdMs(window("1", Scope.ACCOUNT, "1"))).isNull();
        assertThat(rules.thresholdMs(window("1", Scope.QUEUE, "900"))).isEqualTo(30_000);
        assertThat(rules.thresholdMs(window("1", Scope.QUEUE, "901"))).isEqualTo(20_000);
        assertThat(rules.thresholdMs(window("1", Scope.EXTENSION, "900"))).isEqualTo(20_000);
        assertThat(rules.thresholdMs(window("2", Scope.ACCOUNT, "2"))).isEqualTo(20_000);
        assertThat(rules.thresholdMs(window("3", Scope.ACCOUNT, "3"))).isEqualTo(20_000);
    }

    private static WindowKey window(String account, Scope scope, String id) {
        return new WindowKey(account, scope, id, WindowSize.PT1H, 0);
    }

    @Test
    void shouldCountEachQueueOfACallThatOverflows() {
        Address support = new Address("+15550100901", "Support", "901", null);
        TestEvent supportAgent = COLLEAGUE.to(support).queueCall(true);
        CallRecord abandoned = record(
                CUSTOMER.is("Setup").at(0),
                SALES_AGENT.is("Proceeding").at(100),
                SALES_AGENT.is("Disconnected").at(900),
                supportAgent.is("Proceeding").at(900),
                supportAgent.is("Disconnected").at(1_900),
                CUSTOMER.is("Disconnected").at(1_900));
        CallRecord answered = record(
                CUSTOMER.is("Setup").at(0),
                SALES_AGENT.is("Proceeding").at(100),
                SALES_AGENT.is("Disconnected").at(900),
                supportAgent.is("Proceeding").at(900),
                supportAgent.is("Answered").at(1_000),
                supportAgent.is("Disconnected").at(1_900),
                CUSTOMER.is("Disconnected").at(1_900));

        assertThat(of(abandoned, Scope.QUEUE, "900").counts())
                .containsExactlyInAnyOrder(Count.CALLS, Count.OVERFLOW, Count.INBOUND);
        assertThat(of(abandoned, Scope.QUEUE, "901").counts())
                .containsExactlyInAnyOrder(Count.CALLS, Count.ABANDONED, Count.INBOUND, Count.COUNTED);
        assertThat(of(answered, Scope.QUEUE, "900").counts())
                .containsExactlyInAnyOrder(Count.CALLS, Count.ANSWERED_ELSEWHERE, Count.INBOUND);
        assertThat(of(answered, Scope.QUEUE, "900").values()).doesNotContainKey(Figure.TIME_TO_ANSWER);
    }

    @Test
    void shouldCountVoicemailOutOfAQueueAndAFaxInIt() {
        CallRecord voicemail = record(over(
                1_900,
                CUSTOMER.is("Setup").at(0),
                SALES_AGENT.is("Proceeding").at(100),
                SALES_AGENT.is("Voicemail").at(900)));
        CallRecord fax = record(over(
                1_900, CUSTOMER.is("Setup").at(0), SALES_AGENT.is("FaxReceive").at(900)));

        assertThat(of(voicemail, Scope.QUEUE, "900").counts())
                .containsExactlyInAnyOrder(Count.CALLS, Count.VOICEMAIL, Count.INBOUND);
        assertThat(of(fax, Scope.QUEUE, "900").counts())
                .containsExactlyInAnyOrder(Count.CALLS, Count.FAX, Count.INBOUND);
    }

    @Test
    void shouldCountOutsideNumbersInE164Only() {
        CallRecord call = record(
                CUSTOMER.is("Setup").at(0),
                AGENT.to("+15550100102").is("Answered").at(100),
                inbound(3).to("911").is("Proceeding").at(200),
                inbound(4).to("+15550100004").is("Gone").because("Conference").at(300),
                inbound(5).is("Proceeding").at(400),
                inbound(6).to("+15550100006").is("Proceeding").at(500));

        assertThat(CountedCall.of(call, WITH_NUMBERS).shares())
                .filteredOn(share -> share.scope() == Scope.NUMBER)
                .extracting(Share::scopeId)
                .containsExactly("+15550100001", "+15550100006");
    }

    // Windows

    @Test
    void shouldAddTheCallToEachWindowThatContainsItsStart() {
        Map<WindowKey, Measures> windows =
                CountedCall.of(ANSWERED, WindowRules.DEFAULT).windows(TestEvent.ACCOUNT);

        assertThat(windows)
                .hasSize(12)
                .containsEntry(
                        new WindowKey(TestEvent.ACCOUNT, Scope.ACCOUNT, TestEvent.ACCOUNT, WindowSize.PT15M, 0),
                        ofAccount(ANSWERED));
    }

    /** The call begins at midnight UTC, which is 05:30 in Kolkata. */
    @Test
    void shouldUseTheDayOfTheAccountsTimeZone() {
        WindowRules rules = new WindowRules(
                WindowRules.DEFAULT.sizes(),
                ZoneOffset.UTC,
                Map.of(TestEvent.ACCOUNT, ZoneId.of("Asia/Kolkata")),
                ServiceLevels.DEFAULT);
        Set<WindowKey> windows =
                CountedCall.of(ANSWERED, rules).windows(TestEvent.ACCOUNT).keySet();

        assertThat(windows)
                .filteredOn(window -> window.scope() == Scope.ACCOUNT)
                .extracting(WindowKey::size, WindowKey::start)
                .containsExactlyInAnyOrder(
                        tuple(WindowSize.PT1M, 0L),
                        tuple(WindowSize.PT15M, 0L),
                        tuple(WindowSize.PT1H, 0L),
                        tuple(WindowSize.P1D, -Duration.ofMinutes(330).toMillis()));
    }

    private static Measures ofAccount(CallRecord call) {
        return of(call, Scope.ACCOUNT, TestEvent.ACCOUNT);
    }

    /** Of the call of a customer. */
    private static Measures ofNumber(CallRecord call) {
        return of(call, WITH_NUMBERS, Scope.NUMBER, "+15550100001");
    }

    private static Measures of(CallRecord call, Scope scope, String id) {
        return of(call, WindowRules.DEFAULT, scope, id);
    }

    private static Measures of(CallRecord call, WindowRules rules, Scope scope, String id) {
        return CountedCall.of(call, rules).shares().stream()
                .filter(share -> share.scope() == scope && share.scopeId().equals(id))
                .map(Share::measures)
                .findFirst()
                .orElseThrow();
    }
}
