package io.callweave.call.session;

import static io.callweave.call.TestEvent.inbound;
import static io.callweave.call.TestEvent.outbound;
import static io.callweave.call.TestSessions.session;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.call.TestEvent;
import io.callweave.call.fact.FactPlace;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MailboxVisitTest {

    private static final String CALLER = "+15550100001";

    @Test
    void shouldEndWhenTheCallerLeavesTheMailbox() {
        TestEvent left = inbound(2).extension("101").from(CALLER);
        TestEvent open = inbound(3).extension("102");
        TestEvent skewed = inbound(4).extension("103");
        Session session = session(
                "a",
                outbound(1).from(CALLER).is("Voicemail").at(50),
                left.is("Proceeding").at(100),
                left.is("Voicemail").at(200),
                open.is("Voicemail").at(300),
                skewed.is("Voicemail").at(500),
                skewed.is("Disconnected").at(400),
                outbound(1).from(CALLER).is("Disconnected").at(850),
                left.is("Disconnected").at(900));

        assertThat(MailboxVisit.of(session))
                .containsExactly(new MailboxVisit("101", 900, CALLER), new MailboxVisit("103", 500, null));
    }

    @Test
    void shouldNotBeInACallWithoutAMailbox() {
        assertThat(MailboxVisit.of(session(
                        "a",
                        inbound(2).extension("101").is("Answered").at(100),
                        inbound(2).extension("101").is("Disconnected").at(900))))
                .isEmpty();
    }

    /** What changes is what only one of two sessions has. */
    @Test
    void shouldBeThereOnceIfTwoPartiesAreAlike() {
        Session session = session(
                "a",
                inbound(1).extension("101").is("Voicemail").at(100),
                inbound(2).extension("101").is("Voicemail").at(100),
                inbound(1).extension("101").is("Disconnected").at(900),
                inbound(2).extension("101").is("Disconnected").at(900));

        assertThat(MailboxVisit.of(session)).containsExactly(new MailboxVisit("101", 900, null));
    }

    @Test
    void shouldNotBeMoreThanARealSessionHas() {
        List<TestEvent> events = new ArrayList<>();
        for (int party = 1; party <= 200; party++) {
            TestEvent caller = inbound(party).extension("101");
            events.add(caller.is("Voicemail").at(100));
            events.add(caller.is("Disconnected").at(1_000 - party));
        }

        assertThat(MailboxVisit.of(session("a", events.toArray(TestEvent[]::new))))
                .hasSize(20)
                .startsWith(new MailboxVisit("101", 800, null))
                .endsWith(new MailboxVisit("101", 819, null));
    }

    @ParameterizedTest
    @CsvSource({
        "101, 1_120_000, +15550100001, true",
        "101, 1_120_001, +15550100001, false",
        "101, 995_000, +15550100001, true",
        "101, 994_999, +15550100001, false",
        "102, 1_000_000, +15550100001, false",
        "101, 1_000_000, +15550100002, false",
        "101, 1_000_000, , true",
    })
    void shouldFitAMessageOfTheSameMailboxTimeAndCaller(
            String extension, String createdAt, @Nullable String caller, boolean fits) {
        FactPlace.Mailbox message =
                new FactPlace.Mailbox(extension, Long.parseLong(createdAt.replace("_", "")), caller);

        assertThat(new MailboxVisit("101", 1_000_000, CALLER).fits(message)).isEqualTo(fits);
    }

    @Test
    void shouldFitAnyCallersMessageIfItsCallerIsNotKnown() {
        assertThat(new MailboxVisit("101", 1_000_000, null).fits(new FactPlace.Mailbox("101", 1_000_000, CALLER)))
                .isTrue();
    }
}
