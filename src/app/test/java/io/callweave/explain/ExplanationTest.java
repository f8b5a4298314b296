package io.callweave.explain;

import static io.callweave.simulation.phonecall.PhoneCall.call;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.callweave.TestJson;
import io.callweave.files.FileNotifications;
import io.callweave.files.KeptNotifications;
import io.callweave.files.NotificationLine;
import io.callweave.files.Tally;
import io.callweave.notification.NotificationLimits;
import io.callweave.simulation.phonecall.PhoneCall;
import io.callweave.simulation.platform.Notification;
import io.callweave.topology.calls.CallOptions;
import io.callweave.value.Timestamps;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The page about a call. {@link io.callweave.explain.replay.StageReplayTest} compares its revisions with the
 * topology's.
 */
class ExplanationTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CUSTOMER = "+15550100002";
    private static final PhoneCall DIRECT =
            call().inbound(CUSTOMER).answeredBy("104").hangUp();
    private static final PhoneCall TRANSFER =
            call().inbound(CUSTOMER).answeredBy("104").attendedTransferTo("106").hangUp();

    @TempDir
    private Path folder;

    @Test
    void shouldShowWhenNotificationsWereReceivedIfThatIsKnown() throws IOException {
        long receipt = Instant.parse("2031-05-06T07:08:09.123Z").toEpochMilli();
        List<NotificationLine> received = new ArrayList<>();
        for (String line : lines(DIRECT.notifications())) {
            long number = received.size() + 1L;
            received.add(new NotificationLine(line.getBytes(StandardCharsets.UTF_8), "x", number, receipt + number));
        }
        RecordedLines recording = RecordedLines.read(
                received.iterator(),
                KeptNotifications.ofTopic(NotificationLimits.DEFAULT),
                new Tally(),
                new RecordedLines.Listener() {});

        String page = Explanation.of(
                recording,
                DIRECT.account().id(),
                id(DIRECT, 0),
                CallOptions.DEFAULT,
                false,
                receipt + 1_000_000_000,
                () -> {});

        assertThat(onOneLine(page))
                .contains("2031-05-06T07:08:09.124Z", "certainly over with no. " + received.size())
                .doesNotContain("time of the recording", "its timestamp is", "it has no timestamp");
    }

    @Test
    void shouldSayThatACallWasOverAtOnce() {
        String page = explain(lines(DIRECT.notifications()), DIRECT);

        assertThat(onOneLine(page))
                .contains("CALL " + id(DIRECT, 0) + " of account "
                        + DIRECT.account().id())
                .contains("REVISION 1 OF " + id(DIRECT, 0) + ": complete, over")
                .contains("certainly over with no. " + DIRECT.notifications().size() + " (")
                .contains("Nothing that can be known.")
                .doesNotContain("Why partial", "so it was waited for", "duplicate", "out of order", "late:");
        assertReadable(page);
    }

    @Test
    void shouldTellTheFutureOfALiveCallAsAForecast() {
        List<String> lines = lines(DIRECT.notifications());
        List<String> received = lines.subList(0, lines.size() - 2);
        Instant last = timestamp(received.get(received.size() - 1));

        String page = onOneLine(explain(received, last.plusSeconds(3)));

        assertThat(page)
                .contains("The call goes on. If nothing more were received, revision 1 would be partial.")
                .contains("WHAT IS MISSING SO FAR")
                .contains("EXPECTED REVISION 1 OF " + id(DIRECT, 0))
                .contains("revision 1 would be emitted: the wait ")
                .contains("It would be emitted at ", "it is not certainly over", "and would be over at ")
                .doesNotContain("It was emitted", "is emitted:", "In the end", "IN THE END", "lasted");
        assertThat(onOneLine(explain(received, last.plus(Duration.ofDays(1)))))
                .contains("It was emitted at ")
                .doesNotContain("would be");
    }

    @Test
    void shouldSayWhichWaitAppliedAndWhatTheLateFactChanged() {
        List<String> lines = new ArrayList<>(lines(DIRECT.notifications()));
        String late = lines.remove(1);
        Instant last = timestamp(lines.get(lines.size() - 1));
        lines.add(sentAt(late, last.plusSeconds(60)));

        String page = explain(lines, DIRECT);

        long sequence = tree(late).at("/body/sequence").asLong();
        assertThat(page)
                .contains("REVISION 1 OF " + id(DIRECT, 0) + ": partial, linger")
                .contains("It was emitted at " + iso(last.plusSeconds(5)) + ".")
                .contains("- of session A sequence " + sequence + " had not arrived")
                .contains("- sequenceGap: sequence " + sequence + " of session A is missing")
                .contains("---  " + iso(last.plusSeconds(5)) + "  revision 1 is emitted: the wait linger is over")
                .contains("- out of order: after no. ")
                .contains("- late: a higher sequence of session A was on party-events already")
                .contains("- emitted at once: revision 2 (revised)")
                .contains("REVISION 2 OF " + id(DIRECT, 0) + ": complete, revised")
                .contains("status: \"partial\" -> \"complete\"")
                .contains("incomplete: [\"sequenceGap\"] -> []")
                .contains("sessions[A].missingSequences: [[" + sequence + ", " + sequence + "]] -> []");
        assertThat(onOneLine(page))
                .contains("so a change is emitted at once. It was no. " + lines.size() + " (")
                .contains("The wait that applied: linger 5s. It counts from the latest change, received " + iso(last)
                        + ", and was over at " + iso(last.plusSeconds(5)) + ".");
        assertReadable(page);
    }

    /** What is missing and why the record is partial are the same. */
    @Test
    void shouldNameThePartyThatNobodyFollowed() {
        PhoneCall call = PhoneCall.call()
                .inbound("+15550100002", "+15550100006")
                .answeredBy("101")
                .transferredAwayTo("+15550100003", "BlindTransfer", false)
                .otherSideHangsUp();

        String page = onOneLine(explain(lines(call.notifications()), call));

        String missing = " ended with BlindTransfer, and who has the call afterwards was not seen";
        assertThat(page)
                .doesNotContain("Nothing that can be known.")
                .containsPattern("IN THE END - A-\\d" + missing)
                .containsPattern("unseenContinuation: A-\\d" + missing);
    }

    @Test
    void shouldMarkDuplicatesAndOtherBodies() {
        List<String> lines = new ArrayList<>(lines(DIRECT.notifications()));
        String second = lines.get(1);
        lines.add(2, second);
        lines.add(3, edited(second, party -> party.put("zzz", "more")));
        lines.add(4, edited(second, party -> party.put("aaa", "less")));

        String page = explain(lines, DIRECT);

        long sequence = tree(second).at("/body/sequence").asLong();
        assertThat(page)
                .contains("- duplicate of no. 2: changes nothing")
                .contains("- other body of no. ")
                .containsAnyOf("replaces it, being the greater", "left, being the smaller");
        assertThat(page.lines().filter(line -> line.matches("\\s+" + sequence + "  .*(again|counts instead of) no.*")))
                .hasSize(1);
    }

    @Test
    void shouldExplainTheSameCallForEachOfItsIds() {
        List<String> lines = new ArrayList<>(session(TRANSFER, 1));
        Instant last = timestamp(lines.get(lines.size() - 1));
        session(TRANSFER, 0).forEach(line -> lines.add(sentAt(line, last.plusSeconds(70))));

        String page = explain(lines, TRANSFER);

        assertThat(onOneLine(page))
                .contains("CALL " + id(TRANSFER, 0))
                .contains("REVISION 1 OF " + id(TRANSFER, 1) + ": partial, peerWait")
                .contains("- session A was named as a peer and not seen")
                .contains("REVISION 2 OF " + id(TRANSFER, 1) + ": superseded, superseded")
                .contains("it turned out that the call is A")
                .contains("supersededBy:")
                .contains("SESSION A IN ORDER OF SEQUENCE", "SESSION B IN ORDER OF SEQUENCE");
        assertThat(explain(lines, DIRECT.account().id(), id(TRANSFER, 1), false))
                .isEqualTo(page);
        assertReadable(page);
    }

    @Test
    void shouldFindTheCallThatMissesASession() {
        String page = explain(session(TRANSFER, 0), TRANSFER.account().id(), id(TRANSFER, 1), false);

        assertThat(onOneLine(page))
                .contains("CALL " + id(TRANSFER, 0))
                .contains("B " + id(TRANSFER, 1) + ", never seen here")
                .contains("- missingSession: session B was named as a peer by no. ");
    }

    @Test
    void shouldShowRejectedLinesOfTheCall() {
        List<String> lines = new ArrayList<>(lines(DIRECT.notifications()));
        ObjectNode bad = tree(lines.get(1));
        ((ObjectNode) bad.path("body")).put("sequence", "x");
        lines.add(2, bad.toString());
        lines.add(3, "no JSON");
        ObjectNode foreign = tree(edited(lines.get(0), party -> party.remove("accountId")));
        lines.add(
                4,
                foreign.put("event", "/restapi/v1.0/account/~/telephony/sessions")
                        .toString());

        String page = explain(lines, DIRECT);

        assertThat(page.lines().filter(line -> line.contains("unusable")).toList())
                .satisfiesExactly(
                        line -> assertThat(line).contains("  3  ").endsWith("notifications.ndjson:3"),
                        line -> assertThat(line).contains("badSequence: body.sequence is not"),
                        line -> assertThat(line).contains("  4  ").endsWith("notifications.ndjson:5"),
                        line -> assertThat(line).contains("noAccount: "));
    }

    @Test
    void shouldShowEventsThatCameTooLate() {
        List<String> lines = new ArrayList<>(lines(DIRECT.notifications()));
        String late = lines.remove(1);
        lines.add(sentAt(late, timestamp(late).plus(Duration.ofDays(2))));

        String page = explain(lines, DIRECT);

        assertThat(page).contains("- too late: the call was closed").doesNotContain("REVISION 2");
    }

    /** RingCentral does not say where names can be. */
    @ParameterizedTest
    @ValueSource(strings = {"/direction", "/id", "/extensionId", "/to/extensionId", "/status/code", "/status/reason"})
    void shouldHideWhatCouldBeANameIfMasked(String member) {
        JsonPointer at = JsonPointer.compile("/body/parties/0" + member);
        List<String> lines = lines(DIRECT.notifications()).stream()
                .map(line -> {
                    ObjectNode named = tree(line);
                    ((ObjectNode) named.at(at.head())).put(at.last().getMatchingProperty(), "Zaphod +1 650-5557788");
                    return named.toString();
                })
                .toList();

        assertThat(explain(lines, DIRECT)).containsAnyOf("Zaphod", "5557788");
        assertThat(explain(lines, DIRECT.account().id(), id(DIRECT, 0), true)).doesNotContain("Zaphod", "555778");
    }

    @Test
    void shouldHideNumbersAndNamesIfMasked() {
        String shown = explain(lines(DIRECT.notifications()), DIRECT);
        String hidden = explain(lines(DIRECT.notifications()), DIRECT.account().id(), id(DIRECT, 0), true);

        assertThat(shown).contains(CUSTOMER);
        assertThat(hidden).doesNotContain(CUSTOMER).contains("+*********02");
        tree(lines(DIRECT.notifications()).get(0))
                .findValues("name")
                .forEach(name -> assertThat(hidden).doesNotContain(name.asText()));
    }

    @Test
    void shouldSayThatTimeDoesNotRunBackwards() {
        List<String> lines = new ArrayList<>(lines(DIRECT.notifications()));
        Instant first = timestamp(lines.get(0));
        lines.set(1, sentAt(lines.get(1), first.minusSeconds(9)));

        String page = explain(lines, DIRECT);

        assertThat(page)
                .contains("- its timestamp is " + iso(first.minusSeconds(9)) + ", but time does not run back")
                .contains("    2  " + iso(first));
    }

    /** Both parties end in it, so neither end is a step of its own. */
    @Test
    void shouldTakeThePartiesOfANotificationTogether() {
        List<String> lines = new ArrayList<>(lines(DIRECT.notifications()));
        ObjectNode end = tree(lines.remove(lines.size() - 1));
        ObjectNode both = tree(lines.remove(lines.size() - 1));
        ((ArrayNode) both.at("/body/parties")).add(end.at("/body/parties/0"));
        lines.add(both.toString());

        String page = explain(lines, DIRECT);

        assertThat(page.split("emitted at once", -1)).hasSize(2);
        assertThat(page).contains("REVISION 1 OF").doesNotContain("REVISION 2 OF", "no revision");
    }

    private static void assertReadable(String page) {
        assertThat(page.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(Page.WIDTH));
    }

    private static String onOneLine(String page) {
        return page.replaceAll("\\s+", " ");
    }

    /** The processor may be needed by others, and the client may have left. */
    @Test
    void shouldEndBetweenAnyTwoOfItsSteps() {
        AtomicInteger steps = new AtomicInteger();
        explain(TRANSFER, steps::incrementAndGet);
        assertThat(steps).hasValueGreaterThan(3 * TRANSFER.notifications().size());

        for (int last = 1; last <= steps.get(); last++) {
            AtomicInteger left = new AtomicInteger(last);
            assertThatThrownBy(() -> explain(TRANSFER, () -> {
                        if (left.decrementAndGet() == 0) {
                            throw new IllegalStateException("left");
                        }
                    }))
                    .hasMessage("left");
        }
    }

    private void explain(PhoneCall call, Runnable pace) {
        var unused = Explanation.of(
                recording(lines(call.notifications())),
                call.account().id(),
                id(call, 0),
                CallOptions.DEFAULT,
                false,
                Long.MAX_VALUE,
                pace);
    }

    /** A call of 200 parties with long texts has records of more than a megabyte, and each event of one makes another. */
    @Test
    void shouldShowTheFirstRecordsOfALargeCallAndTheLast() {
        ObjectNode party =
                (ObjectNode) tree(lines(DIRECT.notifications()).get(0)).at("/body/parties/0");
        party.put("direction", "Outbound").putObject("status").put("code", "Disconnected");
        ArrayNode parties = JSON.createArrayNode();
        for (int i = 0; i < 200; i++) {
            String text = String.valueOf(1000 + i).repeat(60);
            ObjectNode each = party.deepCopy().put("id", "p-" + i).put("extensionId", text);
            each.putObject("from").put("name", text).put("phoneNumber", text).put("extensionId", text);
            each.putObject("to").put("name", text).put("phoneNumber", text).put("extensionId", text);
            parties.add(each);
        }
        String first = tree(lines(DIRECT.notifications()).get(0)).toString();
        Instant start = timestamp(first);
        List<String> lines = new ArrayList<>(List.of(withParties(first, parties, 1, start)));
        for (int i = 2; i < 20; i++) {
            ObjectNode changed = (ObjectNode) parties.get(0).deepCopy();
            ((ObjectNode) changed.path("status")).put("reason", "reason" + i);
            lines.add(withParties(first, JSON.createArrayNode().add(changed), i, start.plusSeconds(60L * i)));
        }

        String page = explain(lines, DIRECT);

        long shown = page.lines().filter(line -> line.startsWith("REVISION ")).count();
        assertThat(shown).isBetween(2L, 15L);
        assertThat(onOneLine(page))
                .contains("Here, " + (19 - shown) + " records are left out.", "REVISION 19 OF ")
                .contains("It has 19 records.", "(revision 19)");
        assertThat(page).containsOnlyOnce("RECORDS THAT ARE NOT SHOWN");
    }

    @Test
    void shouldEndAPageThatNobodyCouldRead() {
        Page page = new Page();
        for (int i = 0; i < 100_000; i++) {
            page.line(2, "x".repeat(90));
        }

        assertThat(page.toString()).hasSizeLessThan(Page.MOST + 1_000).endsWith("larger than 4 MiB.\n");
    }

    private static String withParties(String line, ArrayNode parties, int sequence, Instant time) {
        ObjectNode tree = tree(line).put("timestamp", iso(time));
        ObjectNode body = (ObjectNode) tree.path("body");
        body.put("sequence", sequence).put("eventTime", iso(time)).set("parties", parties);
        return tree.toString();
    }

    private String explain(List<String> lines, PhoneCall call) {
        return explain(lines, call.account().id(), id(call, 0), false);
    }

    private String explain(List<String> lines, Instant now) {
        return Explanation.of(
                recording(lines),
                DIRECT.account().id(),
                id(DIRECT, 0),
                CallOptions.DEFAULT,
                false,
                now.toEpochMilli(),
                () -> {});
    }

    private String explain(List<String> lines, String account, String id, boolean masked) {
        return Explanation.of(recording(lines), account, id, CallOptions.DEFAULT, masked);
    }

    private RecordedLines recording(List<String> lines) {
        try {
            Path file = Files.write(folder.resolve("notifications.ndjson"), lines);
            try (FileNotifications read =
                    new FileNotifications(List.of(file.toString()), InputStream.nullInputStream())) {
                return RecordedLines.read(read, NotificationLimits.DEFAULT, new Tally());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> lines(List<Notification> notifications) {
        return notifications.stream().map(Notification::json).toList();
    }

    private static List<String> session(PhoneCall call, int session) {
        return lines(call.notifications().stream()
                .filter(notification -> notification.telephonySessionId().equals(id(call, session)))
                .toList());
    }

    private static String id(PhoneCall call, int session) {
        return call.telephonySessionIds().get(session);
    }

    private static String sentAt(String line, Instant time) {
        return tree(line).put("timestamp", iso(time)).toString();
    }

    private static String edited(String line, Consumer<ObjectNode> edit) {
        ObjectNode tree = tree(line);
        edit.accept((ObjectNode) tree.at("/body/parties/0"));
        return tree.toString();
    }

    private static Instant timestamp(String line) {
        return Instant.parse(tree(line).path("timestamp").asText());
    }

    private static String iso(Instant time) {
        return Timestamps.iso(time.toEpochMilli());
    }

    private static ObjectNode tree(String line) {
        return (ObjectNode) TestJson.tree(line);
    }
}
