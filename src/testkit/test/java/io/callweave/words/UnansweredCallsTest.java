package io.callweave.words;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.directory.DirectoryEntry;
import io.callweave.directory.DirectoryLookup;
import io.callweave.record.RecordedCall;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.testcalls.Assembled;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the sentence and the steps say of calls that nobody answered at first, or at all. */
class UnansweredCallsTest {

    private DirectoryLookup directory = DirectoryLookup.EMPTY;

    @Test
    void shouldSayThatTheCallerHungUpInTheMenu() {
        JsonNode call = record(caller().ivr("Main").abandoned());
        assertThat(steps(call)).as("no menu is known").endsWith("The call ends: missed");
        menu(call);

        assertThat(sentence(call)).isEqualTo("+15550100002 \u2192 Main menu, not answered: caller hung up in the menu");
        assertThat(steps(call))
                .containsExactly(
                        "+15550100002 calls Main menu",
                        "The menu Main answers",
                        "The call ends: caller hung up in the menu");
    }

    @Test
    void shouldNotPutACallInTheMenuThatRangAPhone() {
        JsonNode call = record(caller().ivr("Main").dialsInMenu("104").abandoned());
        menu(call);

        assertThat(sentence(call)).endsWith(", not answered: missed");
        assertThat(steps(call)).endsWith("The call ends: missed");
    }

    @Test
    void shouldNameTheQueueInWhichTheCallerHungUp() {
        JsonNode one = record(caller().ivr("Main")
                .waitingIn("Support", Duration.ofSeconds(30))
                .abandoned());
        JsonNode two = record(
                caller().queue("Sales", "104").overflowsTo("Support", "105").abandoned());

        assertThat(sentence(one)).isEqualTo("+15550100002 \u2192 Support, hung up while waiting");
        assertThat(steps(one)).endsWith("The call ends: the caller hung up while waiting in Support");
        assertThat(sentence(two)).endsWith(" \u2192 Sales, then Support, hung up while waiting in Support");
    }

    @Test
    void shouldNotSayThatACallEndsIfItsEndWasNotSeen() {
        ObjectNode call = (ObjectNode) record(caller().queue("Sales", "104").abandoned());
        call.putArray("incomplete").add("sequenceGap");
        assertThat(steps(call)).last().asString().startsWith("The call ends");

        call.putArray("incomplete").add("noFinalStatus");

        assertThat(steps(call)).last().isEqualTo("This is the last that was seen; the call may have gone on");
    }

    @Test
    void shouldTellTheWayThroughQueuesToTheVoicemail() {
        JsonNode call = record(caller().queue("Sales", "104")
                .overflowsTo("Support", "105")
                .toVoicemailOfQueue()
                .hangUp());

        assertThat(sentence(call)).isEqualTo("+15550100002 \u2192 Sales, then Support, left on voicemail");
        assertThat(steps(call))
                .filteredOn(step -> !step.contains(" rings "))
                .containsExactly(
                        "+15550100002 calls Sales",
                        "The call enters the queue Sales",
                        "Sales gives up after 13 s",
                        "The call enters the queue Support",
                        "Support gives up after 11 s",
                        "The voicemail of Support takes the call",
                        "The call ends: voicemail");
    }

    @Test
    void shouldLetAQueueGiveUpBeforeAnotherIsAnswered() {
        JsonNode call = record(caller().queue("Sales", "104")
                .overflowsTo("Support", "105")
                .answeredBy("105")
                .hangUp());

        assertThat(gaveUp(call)).containsExactly("Sales gives up after 13 s");
        assertThat(sentence(call)).contains(" \u2192 Sales, then Support, answered by ");
    }

    @Test
    void shouldNotLetAQueueGiveUpThatIsAnswered() {
        PhoneCall own = caller().queue("Sales", "104", "105").answeredBy("105");
        JsonNode elsewhere = record(caller().queue("Sales", "104")
                .pickedUpBy("106")
                .transferredToQueue("Support", "105")
                .answeredBy("105")
                .hangUp());

        assertThat(gaveUp(record(own.hangUp()))).isEmpty();
        assertThat(gaveUp(elsewhere)).as("picked up by a colleague").isEmpty();
        assertThat(sentence(elsewhere)).contains(" \u2192 Sales, ").doesNotContain(" then ");
    }

    private List<String> gaveUp(JsonNode call) {
        return steps(call).stream().filter(step -> step.contains(" gives up ")).toList();
    }

    private static PhoneCall caller() {
        return PhoneCall.call().inbound("+15550100002");
    }

    private static JsonNode record(PhoneCall call) {
        return Assembled.trees(call.notifications().stream()
                        .map(notification -> notification.json())
                        .toList())
                .get(0);
    }

    private void menu(JsonNode call) {
        directory = DirectoryLookup.of(List.of(new DirectoryEntry(
                call.path("accountId").asText(),
                call.at("/to/extensionId").asText(),
                "Main menu",
                DirectoryEntry.IVR,
                null,
                null,
                null)));
    }

    private String sentence(JsonNode call) {
        return CallWords.of(RecordedCall.read(call), directory).sentence();
    }

    private List<String> steps(JsonNode call) {
        return CallWords.of(RecordedCall.read(call), directory).steps().stream()
                .map(Step::text)
                .toList();
    }
}
