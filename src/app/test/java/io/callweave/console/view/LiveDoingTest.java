package io.callweave.console.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who waits now, and who only seems to: parties are written as "who status second". */
class LiveDoingTest {

    private static final DirectoryLookup DIRECTORY = DirectoryLookup.of(List.of(
            new DirectoryEntry("1", "50", "Sales queue", DirectoryEntry.QUEUE, null, null, null),
            new DirectoryEntry("1", "60", "Support queue", DirectoryEntry.QUEUE, null, null, null),
            new DirectoryEntry("1", "9", "Main menu", DirectoryEntry.IVR, null, null, null)));

    private @Nullable LiveView shown;
    private String direction = "Inbound";

    @Test
    void shouldWaitInAQueueSinceTheCallCameThere() throws IOException {
        see(12, "connecting", null, "caller Answered 10", "menu Setup 11");
        assertThat(doing()).isEqualTo("menu 11");
        see(20, "queued", null, "caller Answered 10", "queue50 Setup 20");
        assertThat(doing()).isEqualTo("queued 20");
        see(25, "queued", null, "caller Answered 10", "agent50 Proceeding 25");
        assertThat(doing()).as("the first phone rings").isEqualTo("queued 20");
        see(40, "connecting", null, "caller Answered 10");
        assertThat(doing()).as("between two phones").isEqualTo("queued 20");
        see(41, "queued", null, "caller Answered 10", "agent50 Proceeding 41");
        assertThat(doing()).isEqualTo("queued 20");
        see(50, "queued", null, "caller Answered 10", "agent60 Proceeding 50");
        assertThat(doing()).as("another queue").isEqualTo("queued 50");
        assertThat(shown().at("/label/queue").asText()).isEqualTo("Support");
        see(55, "talking", "agent 55", "caller Answered 10", "agent60 Answered 55");
        assertThat(doing()).isEqualTo("talking 55");
    }

    @Test
    void shouldNotWaitWhenThePhoneOfAnAnsweredCallLostItsEnd() throws IOException {
        see(20, "queued", null, "caller Answered 10", "agent50 Proceeding 20", "other50 Proceeding 20");
        see(24, "talking", "agent 24", "caller Answered 10", "agent50 Answered 24", "other50 Proceeding 20");
        see(90, "queued", "agent 24", "caller Answered 10", "other50 Proceeding 20");

        assertThat(doing()).isEqualTo("ending 90");
        assertThat(shown().at("/doing/queue").isMissingNode()).isTrue();
        assertThat(shown().at("/doing/quietAt").asText()).isEqualTo(at(690));
    }

    @Test
    void shouldAddUpTheTimeOnHoldAndParked() throws IOException {
        see(24, "talking", "agent 24", "caller Answered 10", "agent Answered 24");
        see(60, "onHold", "agent 24", "caller Answered 10", "agent Hold 60");
        assertThat(shown().at("/doing/awayMs").asLong()).isZero();
        see(90, "talking", "agent 24", "caller Answered 10", "agent Answered 90");
        assertThat(shown().at("/doing/awayMs").asLong()).isEqualTo(30_000);
        see(95, "parked", "agent 24", "caller Parked 95");
        see(100, "onHold", "agent 24", "caller Hold 100");
        see(107, "talking", "agent 24", "caller Answered 107", "agent Answered 107");

        assertThat(shown().at("/doing/awayMs").asLong()).isEqualTo(42_000);
    }

    @Test
    void shouldNotWaitWhenTheCallerHasLeft() throws IOException {
        see(20, "queued", null, "caller Answered 10", "agent50 Proceeding 20");
        see(33, "queued", null, "agent50 Proceeding 20");

        assertThat(doing()).isEqualTo("ending 33");
    }

    @Test
    void shouldWaitWhereOutsidePartiesAreNeverSeen() throws IOException {
        see(20, "queued", null, "agent50 Proceeding 20");

        assertThat(doing()).isEqualTo("queued 20");
    }

    @Test
    void shouldWaitAgainAfterATransferToAQueue() throws IOException {
        see(24, "talking", "agent 24", "caller Answered 10", "agent Answered 24");
        see(60, "queued", "agent 24", "caller Answered 10", "agent60 Proceeding 60");

        assertThat(doing()).isEqualTo("queued 60");
    }

    @Test
    void shouldNotTakeAQueueThatIsAnsweredForAPerson() throws IOException {
        see(20, "talking", "50 20", "caller Answered 10", "plain50 Answered 20");
        assertThat(doing()).isEqualTo("queued 20");
        assertThat(shown().at("/label/answeredBy").isNull()).isTrue();
        see(31, "talking", "50 20", "caller Answered 10", "agent Answered 31");

        assertThat(doing()).isEqualTo("talking 31");
        assertThat(shown().at("/doing/answerTime").asText()).isEqualTo(Timestamps.iso(31_000));
        assertThat(shown().path("agents")).extracting(JsonNode::asText).containsExactly("104");
    }

    /** One account's calls through many queues, with a small value each, once filled the memory of the console. */
    @Test
    void shouldRememberTheLatestQueuesOfACall() throws IOException {
        for (int queue = 1; queue <= 60; queue++) {
            see(queue, "queued", null, "caller Answered 10", "agent" + queue + " Proceeding " + queue);
        }
        see(99, "connecting", null, "caller Answered 10");

        assertThat(shown().at("/doing/queues"))
                .hasSize(50)
                .last()
                .extracting(JsonNode::asText)
                .isEqualTo("60");
        assertThat(Objects.requireNonNull(shown).bytesOfQueues()).isGreaterThan(50);
    }

    @Test
    void shouldBeQuietTenMinutesAfterTheLastEvent() throws IOException {
        see(20, "queued", null, "caller Answered 10", "agent50 Proceeding 20");
        see(15, "queued", null, "caller Answered 10", "agent50 Proceeding 20", "other50 Proceeding 20");

        assertThat(shown().at("/doing/quietAt").asText())
                .as("an event that was received earlier has come later")
                .isEqualTo(at(620));
        shown = Objects.requireNonNull(shown).renamed(DirectoryLookup.EMPTY);
        assertThat(shown().at("/doing/quietAt").asText()).isEqualTo(at(620));
        see(910, "talking", "agent 910", "caller Answered 10", "agent50 Answered 910");
        assertThat(shown().at("/doing/quietAt").isNull()).isTrue();
    }

    @Test
    void shouldKeepWaitingBetweenTwoPhonesAfterATransferToAQueue() throws IOException {
        see(24, "talking", "agent 24", "caller Answered 10", "agent Answered 24");
        see(60, "queued", "agent 24", "caller Answered 10", "other60 Proceeding 60");
        see(75, "connecting", "agent 24", "caller Answered 10");
        assertThat(doing()).isEqualTo("queued 60");
        see(76, "queued", "agent 24", "caller Answered 10", "agent60 Proceeding 76");
        assertThat(doing()).isEqualTo("queued 60");
    }

    @Test
    void shouldWaitWhereAQueueThatIsAnsweredTakesATransferredCall() throws IOException {
        see(24, "talking", "agent 24", "caller Answered 10", "agent Answered 24");
        see(60, "talking", "agent 24", "caller Answered 10", "plain60 Answered 60");
        assertThat(doing()).isEqualTo("queued 60");
        see(90, "talking", "agent 24", "caller Answered 10", "plain60 Answered 60", "other Answered 90");
        assertThat(doing()).as("somebody of the queue").startsWith("talking");
        see(99, "talking", "agent 24", "caller Answered 10", "plain60 Answered 60");
        assertThat(shown().at("/doing/state").asText())
                .as("the queue's own party has lost its end")
                .isNotEqualTo("queued");
    }

    @Test
    void shouldNotWaitWhenAPhoneLostItsEndAfterTheSecondAnswer() throws IOException {
        see(24, "talking", "agent 24", "caller Answered 10", "agent Answered 24");
        see(60, "queued", "agent 24", "caller Answered 10", "agent60 Proceeding 60", "other60 Proceeding 60");
        see(70, "talking", "agent 24", "caller Answered 10", "agent60 Answered 70", "other60 Proceeding 60");
        see(95, "queued", "agent 24", "caller Answered 10", "other60 Proceeding 60");

        assertThat(doing()).isEqualTo("ending 95");
    }

    @Test
    void shouldNotTakeAPhoneThatLostItsEndForTheCaller() throws IOException {
        see(20, "queued", null, "caller Answered 10", "agent Proceeding 12", "other50 Proceeding 20");
        assertThat(doing()).isEqualTo("queued 20");
        see(33, "queued", null, "agent Proceeding 12", "other50 Proceeding 20");

        assertThat(doing()).isEqualTo("ending 33");
        assertThat(shown().at("/doing/callerHere").asBoolean()).isFalse();
    }

    @Test
    void shouldNotTakeASwitchedPhoneForTheCaller() throws IOException {
        see(20, "queued", null, "switched Answered 19", "other50 Proceeding 20");

        assertThat(shown().at("/doing/callerHere").asBoolean()).isFalse();
    }

    @Test
    void shouldWaitAsTheOtherSideOfACallToTheOutside() throws IOException {
        direction = "Outbound";
        see(24, "talking", "outside 24", "switched Answered 10", "outside Answered 24");
        see(60, "queued", "outside 24", "outside Answered 24", "agent60 Proceeding 60");

        assertThat(doing()).isEqualTo("queued 60");
        assertThat(shown().at("/doing/callerHere").asBoolean()).isTrue();
    }

    @Test
    void shouldEndWhenNobodyTalksAnyMore() throws IOException {
        see(24, "talking", "agent 24", "caller Answered 10", "agent Answered 24");
        see(60, "connecting", "agent 24", "caller Answered 10");
        assertThat(doing()).as("the end of the caller was lost").isEqualTo("ending 60");
        see(61, "connecting", "agent 24");
        assertThat(doing()).isEqualTo("ending 60");
        shown = null;
        see(62, "connecting", "agent 24", "caller Answered 10", "agent Disconnected 61");
        assertThat(doing()).as("seen for the first time").isEqualTo("ending 62");
        assertThat(shown().at("/doing/answerTime").asText()).isEqualTo(Timestamps.iso(24_000));
    }

    @Test
    void shouldConnectSinceTheTransferBegan() throws IOException {
        see(24, "talking", "agent 24", "caller Answered 10", "agent Answered 24");
        see(60, "connecting", "agent 24", "caller Answered 10", "other Setup 59");
        assertThat(doing()).isEqualTo("connecting 59");
    }

    private String doing() {
        JsonNode doing = shown().path("doing");
        long since = Instant.parse(doing.path("since").asText()).getEpochSecond();
        return doing.path("state").asText() + " " + since;
    }

    private ObjectNode shown() {
        if (shown == null) {
            throw new IllegalStateException("Nothing was seen.");
        }
        return shown.json();
    }

    private static String at(long second) {
        return Instant.ofEpochSecond(second).toString();
    }

    /** @param answer who answered first, and when */
    private void see(long second, String state, @Nullable String answer, String... parties) throws IOException {
        ObjectNode live = (ObjectNode)
                new ObjectMapper().readTree("{\"accountId\": \"1\", \"callId\": \"s-1\", \"sessions\": [\"s-1\"]}");
        live.put("direction", direction)
                .put("state", state)
                .put("startTime", at(10))
                .put(
                        "since",
                        at(
                                parties.length == 0
                                        ? 10
                                        : Long.parseLong(
                                                parties[parties.length - 1].split(" ", -1)[2])));
        live.putNull("answerTime").putNull("answeredBy");
        if (answer != null) {
            String[] words = answer.split(" ", -1);
            live.put("answerTime", at(Long.parseLong(words[1])));
            live.putObject("answeredBy").put("extensionId", words[0].equals("agent") ? "104" : words[0]);
        }
        for (String each : parties) {
            String[] words = each.split(" ", -1);
            String who = words[0].replaceAll("\\d", "");
            String queue = words[0].replaceAll("\\D", "");
            ObjectNode party = live.withArray("parties").addObject();
            party.put("telephonySessionId", "s-1").put("partyId", words[0]);
            party.put("role", who.equals("queue") ? "queue" : "participant");
            party.put("direction", who.equals("caller") || who.equals("switched") ? "Outbound" : "Inbound");
            party.put("status", words[1]).put("since", at(Long.parseLong(words[2])));
            switch (who) {
                case "caller", "outside" -> party.put("phoneNumber", "+15550100001");
                case "menu" -> party.put("extensionId", "9");
                case "queue", "plain" -> party.put("extensionId", queue);
                default -> party.put("extensionId", who.equals("other") ? "105" : "104");
            }
            if (!queue.isEmpty() && !who.equals("plain")) {
                party.put("queueExtensionId", queue);
            }
        }
        shown = LiveView.of(live, shown, Instant.ofEpochSecond(second), DIRECTORY);
    }
}
