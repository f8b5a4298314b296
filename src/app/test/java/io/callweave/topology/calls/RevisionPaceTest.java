package io.callweave.topology.calls;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.callweave.topology.TopologyKit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How often a call that was emitted is revised while late events of it keep coming. */
class RevisionPaceTest {

    private static final int LARGE = 600;

    private final TopologyKit kit = new TopologyKit();
    private final List<byte[]> sent = new ArrayList<>();

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void shouldReviseALargeCallOnceASecondForEach250Events() {
        send(0, LARGE, "Setup");
        kit.passUntilNothingWaits();
        kit.pass(Duration.ofSeconds(10));
        assertThat(kit.emitted()).extracting(TopologyKit.Emission::status).containsExactly("partial");

        send(LARGE, LARGE + 1, "Disconnected");
        assertThat(kit.emitted()).hasSize(1);
        send(LARGE + 1, LARGE + 300, "Disconnected");
        assertThat(kit.emitted()).isEmpty();
        kit.pass(Duration.ofSeconds(1));
        assertThat(kit.emitted()).isEmpty();
        kit.pass(Duration.ofSeconds(3));
        assertThat(kit.emitted()).hasSize(1);
        kit.pass(Duration.ofSeconds(30));
        assertThat(kit.emitted()).isEmpty();

        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.ofLines(sent));
    }

    @Test
    void shouldReviseACallOfOrdinarySizeWithEachLateEvent() {
        send(0, 20, "Disconnected");
        kit.emitted();

        send(20, 30, "Disconnected");

        assertThat(kit.emitted()).hasSize(10);
    }

    /** Its record can be as large as that of a call of many events. */
    @Test
    void shouldSpaceOutTheRevisionsOfACallThatNamesManyRecordings() {
        for (int i = 0; i < 6; i++) {
            List<String> recordings = new ArrayList<>();
            for (int j = 0; j < 100; j++) {
                recordings.add("{\"id\":\"" + (100 * i + j) + "\"}");
            }
            receive(notification(
                    "s-1",
                    i + 2,
                    i,
                    "Disconnected",
                    "2026-03-02T09:00:00Z",
                    "},\"recordings\":[" + String.join(",", recordings) + "],\"more\":{\"no\":1"));
        }
        kit.passUntilNothingWaits();
        kit.pass(Duration.ofSeconds(10));
        kit.emitted();

        send(10, 20, "Disconnected");

        assertThat(kit.emitted()).hasSize(1);
        kit.pass(Duration.ofSeconds(4));
        assertThat(kit.emitted()).hasSize(1);
        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.ofLines(sent));
    }

    /** What was held back never went out under that id. */
    @Test
    void shouldSupersedeALargeCallWithTheRecordThatWentOut() {
        receive(notification("s-0", 2, 0, "Disconnected", "2026-03-02T08:59:00Z", ""));
        send(0, LARGE, "Setup");
        kit.passUntilNothingWaits();
        kit.pass(Duration.ofSeconds(10));
        kit.emitted();
        send(LARGE, LARGE + 1, "Disconnected");
        TopologyKit.Emission last = single(kit.emitted(), "s-1");

        send(LARGE + 1, LARGE + 2, "Disconnected");
        assertThat(kit.emitted()).isEmpty();
        receive(notification(
                "s-1",
                LARGE + 10,
                LARGE + 9,
                "Disconnected",
                "2026-03-02T09:00:00Z",
                ",\"reason\":\"AttendedTransfer\",\"peerId\":{\"telephonySessionId\":\"s-0\",\"partyId\":\"p-0\"}"));

        TopologyKit.Emission superseded = single(kit.emitted(), "s-1");
        assertThat(superseded.status()).isEqualTo("superseded");
        assertThat(superseded.revision()).isEqualTo(last.revision() + 1);
        assertThat(superseded.tree().path("parties"))
                .hasSize(LARGE + 1)
                .isEqualTo(last.tree().path("parties"));
        kit.passUntilNothingWaits();
        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.ofLines(sent));
    }

    /** That is said at once, but not each time: each record shows the whole call. */
    @Test
    void shouldSpaceOutHowALargeCallIsJoinedWithOthers() {
        send(0, LARGE, "Disconnected");
        kit.passUntilNothingWaits();
        kit.emitted();

        for (int i = 2; i < 22; i++) {
            receive(joined("s-" + i, "s-1"));
        }
        assertThat(kit.emitted())
                .filteredOn(each -> each.key().endsWith("/s-1"))
                .hasSize(1);
        kit.pass(Duration.ofSeconds(30));

        TopologyKit.Emission last = single(kit.emitted(), "s-1");
        assertThat(last.tree().path("sessions")).hasSize(21);
        kit.passUntilNothingWaits();
        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.ofLines(sent));
    }

    /** The large call has no event of its own then. */
    @Test
    void shouldSpaceOutHowOthersJoinALargeCallAndLeaveItAgain() {
        // So it has another id each time.
        String before = "2026-03-02T08:59:00Z";
        send(0, LARGE, "Disconnected");
        kit.passUntilNothingWaits();
        kit.pass(Duration.ofSeconds(60));
        kit.emitted();

        for (int i = 2; i < 22; i++) {
            receive(notification("s-" + i, 2, 20_000 + i, "Disconnected", before, names("s-1", "p-0")));
            // One of these bodies is greater.
            for (int j = 0; j < 60; j++) {
                receive(notification("s-" + i, 2, 20_000 + i, "Disconnected", before, "},\"more\":{\"no\":" + j));
            }
            kit.pass(Duration.ofMillis(100));
        }
        assertThat(kit.emitted())
                .filteredOn(each -> each.json().length() > 100_000)
                .hasSizeLessThan(10);
        kit.pass(Duration.ofSeconds(30));

        assertThat(TopologyKit.tree(kit.fold().records().get("400001001/s-2")).path("sessions"))
                .hasSize(1);
        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.ofLines(sent));
    }

    /** What parts them, or makes them one, is an event of a third session; theirs are old. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void shouldSayInTheEndWhetherLargeCallsAreOne(int seed) {
        int each = 300;
        send(0, each, "Disconnected");
        for (int i = 0; i < each; i++) {
            receive(notification("s-2", i + 2, i + each, "Disconnected", "2026-03-02T09:01:00Z", ""));
        }
        receive(joined("s-1", each + 10, "s-3"));
        receive(joined("s-2", each + 10, "s-3"));
        kit.passUntilNothingWaits();
        kit.pass(Duration.ofSeconds(60));

        // The greatest of the bodies counts.
        for (int i = 0; i < 30; i++) {
            String reason = i % 2 == 0 ? "Supervising" : "AttendedTransfer";
            receive(notification(
                    "s-3",
                    2,
                    2 * each + 5,
                    "Disconnected",
                    "2026-03-02T09:02:00Z",
                    ",\"reason\":\"%s\",\"peerId\":{\"telephonySessionId\":\"s-%d\",\"partyId\":\"%d\"}"
                            .formatted(reason, 1 + i / 2 % 2, seed * 100 + i)));
            kit.pass(Duration.ofMillis(300));
        }
        kit.pass(Duration.ofSeconds(30));

        assertThat(kit.fold().records()).isEqualTo(AssembledCalls.ofLines(sent));
        assertThat(kit.fold().sessionsCountedTwice()).isEmpty();
    }

    private static byte[] joined(String session, String to) {
        return joined(session, 2, to);
    }

    private static byte[] joined(String session, int sequence, String to) {
        return notification(
                session, sequence, 10_000 + sequence, "Disconnected", "2026-03-02T09:03:00Z", names(to, "p-0"));
    }

    private static String names(String session, String party) {
        return ",\"reason\":\"AttendedTransfer\",\"peerId\":{\"telephonySessionId\":\"%s\",\"partyId\":\"%s\"}"
                .formatted(session, party);
    }

    private static TopologyKit.Emission single(List<TopologyKit.Emission> emitted, String callId) {
        List<TopologyKit.Emission> ofCall = emitted.stream()
                .filter(each -> each.key().endsWith("/" + callId))
                .toList();
        assertThat(ofCall).hasSize(1);
        return ofCall.get(0);
    }

    /** One party each. */
    private void send(int from, int to, String status) {
        for (int i = from; i < to; i++) {
            receive(notification("s-1", i + 2, i, status, "2026-03-02T09:00:00Z", ""));
        }
    }

    private void receive(byte[] notification) {
        sent.add(notification);
        kit.receive(notification);
    }

    private static byte[] notification(
            String session, int sequence, int party, String status, String eventTime, String more) {
        return """
                {"event":"/restapi/v1.0/account/400001001/telephony/sessions","timestamp":"2026-03-02T09:00:00Z",\
                "body":{"telephonySessionId":"%s","sequence":%d,"eventTime":"%s","parties":[\
                {"id":"p-%d","extensionId":"104","direction":"Inbound","status":{"code":"%s"%s}}]}}
                """.formatted(session, sequence, eventTime, party, status, more)
                .strip()
                .getBytes(UTF_8);
    }
}
